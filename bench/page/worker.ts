// The worker in which engines are built, asked and timed: from the query vector to the row numbers.
import type { CreateEngine, Engine } from "../engines/adapter";
import type { Answers, Built, EngineName, Loaded, Request } from "./protocol";

const ADAPTERS: Record<string, () => Promise<{ createEngine: CreateEngine }>> = {
  dotlight: () => import("../engines/dotlight"),
  "read-limit": () => import("../engines/read-limit"),
  scan8: () => import("../engines/scan8"),
  "cos-sim": () => import("../engines/cos-sim"),
  "typed-array": () => import("../engines/typed-array"),
  ort: () => import("../engines/ort"),
  edgevec: () => import("../engines/edgevec"),
  hnswlib: () => import("../engines/hnswlib"),
  voy: () => import("../engines/voy"),
};

const instances = new Map<string, Engine>();
const key = ({ adapter, mode, threads }: EngineName) => `${adapter} ${mode} ${threads}`;
let loaded: Loaded;

async function build(name: EngineName): Promise<Built> {
  const { createEngine } = await ADAPTERS[name.adapter]!();
  const engine = createEngine(name.mode, name.threads);
  const began = performance.now();
  const { bytesPerRow, buildMs } = await engine.build(loaded.rows, loaded.n, loaded.dim);
  const took = performance.now() - began;
  instances.set(key(name), engine);
  return { bytesPerRow, buildMs: buildMs ?? took };
}

async function search(name: EngineName, queries: number[], k: number): Promise<Answers> {
  const engine = instances.get(key(name))!;
  const answers: Answers = { ms: [], rows: [] };
  for (const number of queries) {
    const query = loaded.queries.slice(number * loaded.dim, (number + 1) * loaded.dim);
    const began = performance.now();
    const found = engine.search(query, k);
    const rows = found instanceof Promise ? await found : found;
    answers.ms.push(performance.now() - began);
    answers.rows.push(Array.from(rows));
  }
  return answers;
}

async function answer(request: Request) {
  if (request.op === "build") return build(request.engine);
  if (request.op === "search") return search(request.engine, request.queries, request.k);
  if (request.op === "check") {
    const { check } = await import("../engines/dotlight");
    const count = Math.min(40, loaded.queries.length / loaded.dim);
    return check(Array.from({ length: count }, (_, i) => loaded.queries.slice(i * loaded.dim, (i + 1) * loaded.dim)));
  }
  loaded = request.loaded;
  return undefined;
}

self.onmessage = async ({ data, ports }: MessageEvent<Request>) => {
  try {
    ports[0]!.postMessage({ value: await answer(data) });
  } catch (error) {
    // A rival may throw anything: a string, a plain object.
    ports[0]!.postMessage({ error: error instanceof Error ? error.message : JSON.stringify(error) });
  }
};
