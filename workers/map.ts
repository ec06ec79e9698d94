import { expose } from "comlink";
import { positionsOf } from "../src/mapper";
import { MOST_MAPPED } from "../src/mapper-limits";
import { Library } from "../src/store/library";
import { openPersonal } from "../src/store/personal-gallery";
import { carryErrors } from "./plain-errors";

const api = {
  /** Makes the map of a personal gallery's photos and keeps it; ended with the worker, it keeps nothing. @throws DotlightError as Library's */
  async make(id: string, onProgress: (done: number, total: number) => void): Promise<void> {
    const library = await Library.open();
    const { gallery, record, numbers } = await openPersonal(library, id);
    if (!gallery || numbers.length > MOST_MAPPED) return;
    const positions = await positionsOf(gallery, onProgress);
    await library.keepMap(id, { revision: record.revision, numbers, positions });
  },
};

export type MapWorker = typeof api;

carryErrors();
expose(api);
