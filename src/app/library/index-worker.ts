import { type Remote, wrap } from "comlink";
import type { IndexWorker } from "../../../workers/index";

export interface StartedWorker {
  worker: Worker;
  remote: Remote<IndexWorker>;
}

export function startIndexWorker(): StartedWorker {
  const worker = new Worker(new URL("../../../workers/index.ts", import.meta.url), { type: "module", name: "index" });
  return { worker, remote: wrap<IndexWorker>(worker) };
}

/** One piece of work in an index worker of its own. */
export async function inIndexWorker<T>(work: (remote: Remote<IndexWorker>) => Promise<T>): Promise<T> {
  const { worker, remote } = startIndexWorker();
  try {
    return await work(remote);
  } finally {
    worker.terminate();
  }
}
