import { halve } from "../../src/retrieval/half";
import { quantise } from "../../src/retrieval/planes";
import { type Mode, Scan } from "../../src/retrieval/scan";
import { ThreadPool } from "../../src/retrieval/threads";
import type { CreateEngine } from "./adapter";

/** Rows of a shard, as a gallery has them. */
const SHARD = 16_384;

interface Made {
  rows: Float32Array;
  scan: Scan;
  buildMs: number;
  pools: Map<number, ThreadPool>;
}
let made: Made | undefined;

function make(rows: Float32Array, n: number, dim: number): Made {
  const began = performance.now();
  const scan = new Scan(dim, { shared: true });
  for (let row = 0; row < n; row += SHARD) {
    const part = rows.slice(row * dim, Math.min(n, row + SHARD) * dim);
    scan.add(quantise(part, dim, 3, halve(part, dim)));
  }
  // Every value is exact in 16 bits: the bench's rows are the full-precision rows, of which a few are read at the end of a query.
  scan.setReader({ read: async (numbers) => numbers.map((row) => new Float64Array(rows.subarray(row * dim, (row + 1) * dim))) });
  return { rows, scan, buildMs: performance.now() - began, pools: new Map() };
}

/** Dotlight's own engine; all its instances share one scan. */
export const createEngine: CreateEngine = (mode, threads) => {
  let own: Made | undefined;
  return {
    async build(rows, n, dim) {
      made = made?.rows === rows ? made : make(rows, n, dim);
      own = made;
      if (threads > 1 && !own.pools.has(threads)) {
        const pool = new ThreadPool(own.scan, threads - 1, (message) => {
          new Worker("/scan-thread.js", { type: "module" }).postMessage(message);
        });
        own.pools.set(threads, pool);
        while (pool.ready < threads - 1) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return { bytesPerRow: own.scan.memory.used / n, buildMs: own.buildMs };
    },
    async search(query, k) {
      own!.scan.setThreads(own!.pools.get(threads));
      const { hits, exact } = await own!.scan.search(query, k, { mode: mode as Mode });
      if (exact !== (mode === "exact")) throw new Error(`mode ${mode} answered exact: ${exact}`);
      return hits.map(({ row }) => row);
    },
    close() {
      own = undefined;
    },
  };
};

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const STOPS = 20;
/** Share of the photos that the filter keeps. */
const KEPT = 0.01;

/** What else is asked of the engine than speed and recall; milliseconds, and ratios of medians of interleaved runs. */
export async function check(queries: Float32Array[]) {
  const { scan, rows } = made!;
  scan.setThreads(undefined);
  const bytesPerPhoto = scan.memory.used / scan.rows;
  const timed = async (run: () => Promise<unknown>) => {
    const began = performance.now();
    await run();
    return performance.now() - began;
  };
  const filter = new Uint8Array(Math.ceil(scan.rows / 8));
  for (let row = 0; row < scan.rows; row++) if (Math.random() < KEPT) filter[row >> 3]! |= 1 << (row & 7);
  const [all, filtered]: [number[], number[]] = [[], []];
  for (const query of queries) {
    all.push(await timed(() => scan.search(query, 10, { mode: "fast" })));
    filtered.push(await timed(() => scan.search(query, 10, { mode: "fast", filter })));
  }
  const together = await timed(() => scan.searchMany(queries, 10, { mode: "fast" }));
  // How long a scan goes on after a newer query has come: known through shared memory, or by a message that a pause lets in.
  const went = async (pause?: () => Promise<void>) => {
    const late: number[] = [];
    for (let i = 0; i < STOPS; i++) {
      let came = Number.POSITIVE_INFINITY;
      const { port1, port2 } = new MessageChannel();
      const at = performance.now() + median(all) * (i / STOPS);
      const overtaken = () => {
        if (!pause && performance.now() >= at) came = at;
        return performance.now() >= came;
      };
      port1.onmessage = () => {
        came = performance.now();
      };
      if (pause) port2.postMessage(null);
      await scan.search(queries[i % queries.length]!, 10, { mode: "exact", overtaken, ...(pause ? { pause } : {}) }).catch(() => undefined);
      if (Number.isFinite(came)) late.push(performance.now() - came);
      port1.close();
    }
    return Math.max(...late);
  };
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve));
  const stopped = { shared: await went(), message: await went(pause) };
  const added = await timed(async () => {
    const row = rows.slice(0, scan.dimension);
    scan.add(quantise(row, scan.dimension, 3, halve(row, scan.dimension)));
    await scan.search(queries[0]!, 10, { mode: "fast" });
  });
  return {
    filterRatio: median(filtered) / median(all),
    goesOnMs: stopped,
    addOneAndSearchMs: added,
    searchMs: median(all),
    searchManyMs: together / queries.length,
    bytesPerPhoto,
  };
}
