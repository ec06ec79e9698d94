import { type HierarchicalNSW, loadHnswlib } from "hnswlib-wasm";
import type { CreateEngine } from "./adapter";

const [M, CONSTRUCTION, EF, SEED] = [16, 200, 64, 100];

/** hnswlib-wasm: M 16, efConstruction 200, ef 64. */
export const createEngine: CreateEngine = () => {
  let index: HierarchicalNSW | undefined;
  return {
    async build(rows, n, dim) {
      const library = await loadHnswlib();
      index = new library.HierarchicalNSW("ip", dim, "");
      index.initIndex(n, M, CONSTRUCTION, SEED);
      for (let row = 0; row < n; row++) index.addPoint(rows.slice(row * dim, (row + 1) * dim), row, false);
      index.setEfSearch(EF);
      // hnswlib's own layout: the vector, 2 M links and their count on the lowest level, the label.
      return { bytesPerRow: dim * 4 + (2 * M + 1) * 4 + 8 };
    },
    search: (query, k) => index!.searchKnn(query, k, undefined).neighbors,
    close() {
      index = undefined;
    },
  };
};
