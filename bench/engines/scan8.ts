import type { CreateEngine } from "./adapter";
import { type Codes, codesOf } from "./codes";

/** The baseline: one plain pass over 8-bit rows with relaxed SIMD and a query in 7 bits (kernels/kernels.ts). */
export const createEngine: CreateEngine = (_mode, threads) => {
  let codes: Codes | undefined;
  return {
    async build(rows, n, dim) {
      codes = await codesOf(rows, n, dim);
      await codes.begin(threads);
      return { bytesPerRow: codes.bytesPerRow, buildMs: codes.buildMs };
    },
    search: (query, k) => codes!.search(query, k, threads),
    close() {
      codes = undefined;
    },
  };
};
