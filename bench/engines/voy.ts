import * as glue from "voy-search/voy_search_bg.js";
import wasm from "voy-search/voy_search_bg.wasm";
import type { CreateEngine } from "./adapter";

/** voy: a k-d tree (its package is a bundler's build, so its glue is bound here). */
export const createEngine: CreateEngine = () => {
  let index: glue.Voy | undefined;
  return {
    async build(rows, n, dim) {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(wasm), { "./voy_search_bg.js": glue as never });
      glue.__wbg_set_wasm(instance.exports);
      const memory = instance.exports.memory as WebAssembly.Memory;
      const embeddings = Array.from({ length: n }, (_, row) => ({
        id: String(row),
        title: "",
        url: "",
        embeddings: Array.from(rows.subarray(row * dim, (row + 1) * dim)),
      }));
      const before = memory.buffer.byteLength;
      index = new glue.Voy({ embeddings });
      return { bytesPerRow: (memory.buffer.byteLength - before) / n };
    },
    search: (query, k) => index!.search(query, k).neighbors.map(({ id }) => Number(id)),
    close() {
      index?.free();
    },
  };
};
