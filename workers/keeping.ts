import { type Source, urlSource } from "../src/files/source";
import { cachingSource } from "../src/store/caching-source";

/** A folder on a host whose files are kept for the next visit; `onNotKept` hears why they are not. */
export const keeping = (url: string, onNotKept: (why: string) => void = () => {}): Source => cachingSource(urlSource(url), onNotKept);
