import { proxy } from "comlink";
import type { UnionWorker } from "../../workers/union";
import { folderUrl } from "../files/address";
import { DotlightError } from "../files/errors";
import { Door } from "../page/door";
import { Newest } from "../page/newest";
import { listOf, searcherOf, untilAborted } from "./engine";
import type { CreateSearcher } from "./types.ts";

export { DotlightError, type ErrorCode } from "../files/errors.ts";
export type * from "./types.ts";

/** Relative addresses are from the page. Everything runs in a worker of the searcher's own; model and vectors are kept for the next visit. */
export const createSearcher: CreateSearcher = async (galleries, { packs, onProgress, signal } = {}) => {
  const urls = listOf(galleries).map((named) => folderUrl(named, document.baseURI));
  const newest = new Newest();
  const door = new Door<UnionWorker>(startWorker, (worker) => newest.attach(worker));
  const overtake = () => newest.next((turn) => door.call((worker) => worker.overtake(turn)));
  const folder = packs === undefined ? undefined : folderUrl(String(packs), document.baseURI);
  try {
    const opened = await untilAborted([signal], async () => {
      const found = await door.call((worker) => worker.open(urls, folder, proxy(onProgress ?? (() => {}))));
      await door.call((worker) => worker.begun());
      return found;
    });
    let last: Promise<unknown> = Promise.resolve();
    return searcherOf({
      ...opened,
      arrived: () => door.call((worker) => worker.arrived()),
      search(words, k, ended) {
        // One at a time, so that an aborted one can be told from those that wait.
        const result = last.then(async () => {
          ended.throwIfAborted();
          ended.addEventListener("abort", overtake);
          try {
            return await door.call((worker) => worker.search(words, k, newest.number));
          } finally {
            ended.removeEventListener("abort", overtake);
          }
        });
        last = result.catch(() => undefined);
        return result;
      },
      close: () => door.close(),
    });
  } catch (error) {
    door.close();
    throw error;
  }
};

function startWorker(): Worker {
  try {
    return new Worker(new URL("../../workers/union.ts", import.meta.url), { type: "module", name: "dotlight" });
  } catch (error) {
    // A module may come from another host, a worker may not.
    throw new DotlightError(
      "encoder",
      `Dotlight's worker could not be started: ${error instanceof Error ? error.message : error}`,
      "Serve Dotlight's files from the page's own host, and let its content security policy allow workers from there (worker-src 'self').",
    );
  }
}
