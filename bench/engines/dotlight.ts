import { quantise } from "../../src/retrieval/quantise";
import { Scan } from "../../src/retrieval/scan";
import type { CreateEngine } from "./adapter";

const PIECE = 8192;
let made: { rows: Float32Array; scan: Scan; buildMs: number } | undefined;

/** Dotlight's own engine. */
export const createEngine: CreateEngine = (mode, threads) => {
  if (mode === "exact") throw new Error("the scan over 8-bit rows is not exact for the full-precision rows");
  if (threads > 1) throw new Error("the scan has one thread");
  let scan: Scan | undefined;
  return {
    async build(rows, n, dim) {
      if (made?.rows !== rows) {
        const began = performance.now();
        const scan = new Scan(dim);
        for (let row = 0; row < n; row += PIECE) scan.add(quantise(rows.subarray(row * dim, Math.min(n, row + PIECE) * dim), dim));
        made = { rows, scan, buildMs: performance.now() - began };
      }
      scan = made.scan;
      return { bytesPerRow: dim + 4, buildMs: made.buildMs };
    },
    search: (query, k) => scan!.search(query, k).map(({ row }) => row),
    close() {
      scan = undefined;
    },
  };
};
