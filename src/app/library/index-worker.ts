import type { Remote } from "comlink";
import type { IndexWorker } from "../../../workers/index";
import { DotlightError } from "../../files/errors";
import { Door } from "../../page/door";

/** The way into a new index worker. */
export const indexDoor = (): Door<IndexWorker> =>
  new Door(() => new Worker(new URL("../../../workers/index.ts", import.meta.url), { type: "module", name: "index" }), watch);

/** A worker that the browser ends, for want of memory, says nothing: but a lock that it held is free then. */
async function watch(remote: Remote<IndexWorker>, ended: (error: DotlightError) => void): Promise<void> {
  const lock = crypto.randomUUID();
  await remote.hold(lock);
  await navigator.locks.request(lock, () =>
    ended(
      new DotlightError(
        "no-memory",
        "The browser ended the work on your photos, most likely because memory ran short.",
        "Close other tabs and try again: what was read is kept, and it goes on from there.",
      ),
    ),
  );
}

/** One piece of work in an index worker of its own. */
export async function inIndexWorker<T>(work: (remote: Remote<IndexWorker>) => Promise<T>): Promise<T> {
  const door = indexDoor();
  try {
    return await door.call(work);
  } finally {
    door.close();
  }
}
