import type { CreateEngine } from "./adapter";

/** Plain JavaScript over the float32 rows; the best K are kept behind a threshold. */
export const createEngine: CreateEngine = () => {
  let rows: Float32Array = new Float32Array();
  let dim = 0;
  return {
    async build(given, _n, dimension) {
      rows = given;
      dim = dimension;
      return { bytesPerRow: dim * 4 };
    },
    search(query, k) {
      const scores = new Float64Array(k).fill(Number.NEGATIVE_INFINITY);
      const best = new Uint32Array(k);
      for (let start = 0, row = 0; start < rows.length; start += dim, row++) {
        const score = dot(rows, start, query);
        if (score <= scores[k - 1]!) continue;
        let at = k - 1;
        for (; at > 0 && score > scores[at - 1]!; at--) {
          scores[at] = scores[at - 1]!;
          best[at] = best[at - 1]!;
        }
        scores[at] = score;
        best[at] = row;
      }
      return best.subarray(0, rows.length / dim);
    },
    close() {
      rows = new Float32Array();
    },
  };
};

/** Four sums at a time, so that one addition need not wait for the last. */
function dot(rows: Float32Array, start: number, query: Float32Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < query.length; i += 4) {
    a += rows[start + i]! * query[i]!;
    b += rows[start + i + 1]! * query[i + 1]!;
    c += rows[start + i + 2]! * query[i + 2]!;
    d += rows[start + i + 3]! * query[i + 3]!;
  }
  return a + b + (c + d);
}
