import type { Remote } from "comlink";
import type { IndexWorker } from "../../../workers/index";
import { Door } from "../door";

/** The way into a new index worker. */
export const indexDoor = (): Door<IndexWorker> =>
  new Door(() => new Worker(new URL("../../../workers/index.ts", import.meta.url), { type: "module", name: "index" }));

/** One piece of work in an index worker of its own. */
export async function inIndexWorker<T>(work: (remote: Remote<IndexWorker>) => Promise<T>): Promise<T> {
  const door = indexDoor();
  try {
    return await door.call(work);
  } finally {
    door.close();
  }
}
