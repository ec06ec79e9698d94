// What the bench uses of the rivals, so that the types check without bench/node_modules.

declare module "edgevec/edgevec_bg.wasm" {
  /** Its address. */
  const url: string;
  export default url;
}

declare module "edgevec" {
  export class EdgeVecConfig {
    constructor(dimensions: number);
    metric: string;
  }
  export class EdgeVec {
    constructor(config: EdgeVecConfig);
    insert(vector: Float32Array): number;
    insertWithBq(vector: Float32Array): number;
    search(query: Float32Array, k: number): { id: number; score: number }[];
    memoryUsage(): number;
    free(): void;
  }
  export default function init(options: { module_or_path: string }): Promise<unknown>;
}

declare module "voy-search/voy_search_bg.wasm" {
  /** Its address. */
  const url: string;
  export default url;
}

declare module "hnswlib-wasm" {
  export class HierarchicalNSW {
    constructor(space: "l2" | "ip" | "cosine", dimensions: number, autoSaveFilename: string);
    initIndex(maxElements: number, m: number, efConstruction: number, randomSeed: number): void;
    addPoint(point: Float32Array, label: number, replaceDeleted: boolean): void;
    setEfSearch(ef: number): void;
    searchKnn(query: Float32Array, k: number, filter: undefined): { distances: number[]; neighbors: number[] };
  }
  export function loadHnswlib(): Promise<{ HierarchicalNSW: typeof HierarchicalNSW }>;
}

declare module "voy-search/voy_search_bg.js" {
  export class Voy {
    constructor(resource: { embeddings: { id: string; title: string; url: string; embeddings: number[] }[] });
    search(query: Float32Array, k: number): { neighbors: { id: string }[] };
    free(): void;
  }
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
