import type { CreateEngine } from "./adapter";

/**
 * What the usual demo does (transformers.js-examples, semantic-image-search): a copied slice and a cosine for each row, then a
 * full sort of everything.
 */
export const createEngine: CreateEngine = () => {
  let rows: Float32Array = new Float32Array();
  let dim = 0;
  return {
    // A copy, unshared: V8 copies slices out of shared memory more slowly, which would be unfair.
    async build(given, _n, dimension) {
      rows = new Float32Array(given);
      dim = dimension;
      return { bytesPerRow: dim * 4 };
    },
    search(query, k) {
      const count = rows.length / dim;
      const scores: number[] = new Array(count);
      for (let row = 0; row < count; row++) {
        const start = row * dim;
        scores[row] = cosine(query, rows.slice(start, start + dim));
      }
      return scores
        .map((score, row) => [score, row] as const)
        .sort((a, b) => b[0] - a[0])
        .slice(0, k)
        .map(([, row]) => row);
    },
    close() {
      rows = new Float32Array();
    },
  };
};

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let sizeA = 0;
  let sizeB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    dot += x * y;
    sizeA += x * x;
    sizeB += y * y;
  }
  return dot / (Math.sqrt(sizeA) * Math.sqrt(sizeB));
}
