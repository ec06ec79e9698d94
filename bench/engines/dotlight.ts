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
  scan.setReader({ read: async (numbers) => numbers.map((row) => Float64Array.from(rows.subarray(row * dim, (row + 1) * dim))) });
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
