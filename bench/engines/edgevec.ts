import init, { EdgeVec, EdgeVecConfig } from "edgevec";
import wasm from "edgevec/edgevec_bg.wasm";
import type { CreateEngine } from "./adapter";

/**
 * EdgeVec with its own settings. "HNSW": a graph over the floats by L2, which orders unit rows as the dot product does (its
 * "dot" and "cosine" of 0.9.0 return the least similar rows first). "binary": a graph over sign bits by Hamming distance.
 */
export const createEngine: CreateEngine = (mode) => {
  let db: EdgeVec | undefined;
  /** Row numbers by EdgeVec's, which begin with 1. */
  const rowOf: number[] = [];
  return {
    async build(rows, n, dim) {
      await init({ module_or_path: wasm });
      const config = new EdgeVecConfig(dim);
      config.metric = mode === "binary" ? "hamming" : "l2";
      db = new EdgeVec(config);
      for (let row = 0; row < n; row++) {
        const vector = rows.slice(row * dim, (row + 1) * dim);
        rowOf[mode === "binary" ? db.insertWithBq(vector) : db.insert(vector)] = row;
      }
      return { bytesPerRow: db.memoryUsage() / n };
    },
    search: (query, k) => db!.search(query, k).map(({ id }) => rowOf[id]!),
    close() {
      db?.free();
    },
  };
};
