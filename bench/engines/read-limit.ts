import type { CreateEngine } from "./adapter";
import { type Codes, codesOf } from "./codes";

const KERNELS = ["readOne", "readFour"] as const;

/** One pass over the 8-bit codes and nothing else: no one-pass 8-bit scan can be faster. The faster of two loops counts. */
export const createEngine: CreateEngine = (_mode, threads) => {
  let codes: Codes | undefined;
  let kernel: (typeof KERNELS)[number] = "readOne";
  return {
    async build(rows, n, dim) {
      codes = await codesOf(rows, n, dim);
      await codes.begin(threads);
      const best = { readOne: Number.POSITIVE_INFINITY, readFour: Number.POSITIVE_INFINITY };
      for (let round = 0; round < 8; round++) {
        for (const name of KERNELS) {
          const began = performance.now();
          codes.read(name, threads);
          best[name] = Math.min(best[name], performance.now() - began);
        }
      }
      kernel = best.readFour < best.readOne ? "readFour" : "readOne";
      return { bytesPerRow: dim, buildMs: codes.buildMs };
    },
    search() {
      codes!.read(kernel, threads);
      return [];
    },
    close() {
      codes = undefined;
    },
  };
};
