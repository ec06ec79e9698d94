import type { Scan } from "../src/retrieval/scan";
import { sharesMemory } from "../src/retrieval/shared-memory";
import { MOST_THREADS, ThreadPool, type ThreadStart } from "../src/retrieval/threads";
import type { Progress, SearcherOptions } from "../src/searcher";
import { browserRuntime, type DeviceChoice } from "./runtime";
import { tokenizerWasm } from "./tokenizer-wasm";

/** Where the encoders run, and where vectors are scanned. */
export interface Devices {
  device: DeviceChoice;
  scan: DeviceChoice;
}

/** Of the device's memory, for vectors. */
const MEMORY_SHARE = 0.25;

const threads: Worker[] = [];

/** What a searcher needs in a browser's worker besides a gallery and its pack. @throws as browserRuntime */
export async function browserMeans({ device, scan }: Devices, onProgress: (progress: Progress) => void) {
  return {
    runtime: await browserRuntime(device, (loaded, total) => onProgress({ stage: "runtime", loaded, total })),
    tokenizerWasm,
    onProgress,
    memory: MEMORY_SHARE * ((navigator as { deviceMemory?: number }).deviceMemory ?? 4) * 1e9,
    ...(sharesMemory() ? { startThreads } : {}),
    scanOn: scan,
  } satisfies Omit<SearcherOptions, "gallery" | "pack">;
}

/** Threads for a large gallery's scan: one fewer than cores, since this worker scans too. */
function startThreads(scan: Scan): void {
  const count = Math.min(MOST_THREADS, navigator.hardwareConcurrency - 1);
  const start = (message: ThreadStart) => {
    const thread = new Worker(new URL("./scan-thread.ts", import.meta.url), { type: "module", name: "scan" });
    thread.postMessage(message);
    threads.push(thread);
  };
  if (count > 0) scan.setThreads(new ThreadPool(scan, count, start));
}

/** Ends the threads of galleries that are not searched any more. */
export function endThreads(): void {
  for (const thread of threads.splice(0)) thread.terminate();
}
