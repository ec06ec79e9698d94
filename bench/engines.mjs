// The engines that are measured: one entry a mode.
//
//   id        for --engines; `id:mode` names one mode
//   engine, mode   as they stand in results.json
//   host      where it runs: "browser" (engines/ID.ts) or "native" (native.py)
//   threads   "any": measured with each of --threads; "one": it has no threads
//   worker    instances of one worker share what they build
//   largest   the most rows it is built for unless --engines names it: graphs take minutes

const browser = (id, engine, mode, more = {}) => ({ id, engine, mode, host: "browser", threads: "one", worker: id, ...more });
const native = (id, engine, mode, more = {}) => ({ id, engine, mode, host: "native", threads: "any", ...more });

export const ENGINES = [
  browser("read-limit", "read-limit", "", { threads: "any", worker: "codes" }),
  browser("scan8", "8-bit relaxed scan", "", { threads: "any", worker: "codes" }),
  browser("dotlight", "dotlight", "fast", { threads: "any" }),
  browser("dotlight", "dotlight", "exact", { threads: "any" }),
  browser("cos-sim", "cos_sim demo", ""),
  browser("typed-array", "typed-array loop", ""),
  // onnxruntime's number of threads is settled once in a worker: one worker for each.
  browser("ort", "onnxruntime-web MatMul", "Gemm, TopK", { threads: "any", worker: undefined }),
  browser("edgevec", "EdgeVec", "HNSW", { largest: 20_000 }),
  browser("edgevec", "EdgeVec", "binary", { largest: 20_000 }),
  browser("hnswlib", "hnswlib-wasm", "M 16, ef 64", { largest: 20_000 }),
  browser("voy", "voy", "k-d tree", { largest: 20_000 }),
  native("faiss-flat", "FAISS IndexFlatIP", "native"),
  native("faiss-sq8", "FAISS IndexScalarQuantizer", "native, 8 bit"),
  native("faiss-hnsw", "FAISS IndexHNSWFlat", "native, M 32, ef 64", { threads: "one", largest: 20_000 }),
  native("usearch", "usearch exact", "native"),
];

const means = (name, { id, mode }) => name === id || name === `${id}:${mode}`;

/** The entries that `named` (ids, `id:mode`s or undefined for all) means. */
export function chosenEngines(named) {
  if (!named) return ENGINES;
  for (const name of named) {
    if (!ENGINES.some((entry) => means(name, entry))) {
      const known = [...new Set(ENGINES.map(({ id }) => id))].join(", ");
      throw new Error(`There is no engine "${name}". Known: ${known}; a mode is named as in dotlight:fast.`);
    }
  }
  return ENGINES.filter((entry) => named.some((name) => means(name, entry)));
}

/** What is built for a set of n rows: entries with their numbers of threads. */
export function instancesFor(entries, n, threads, named) {
  const fitting = entries.filter(({ largest }) => named || !largest || n <= largest);
  return fitting.flatMap((entry) =>
    (entry.threads === "any" ? threads : [1]).map((count) => ({
      ...entry,
      threads: count,
      worker: entry.worker ?? `${entry.id}-${count}`,
    })),
  );
}
