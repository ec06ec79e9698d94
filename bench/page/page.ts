// The page: loads a set of vectors into shared memory and hands the bench's requests to workers.
import type { SpeedAnswer, SpeedRequest } from "../speed/worker";
import type { Answers, Built, EngineName, Loaded, Request } from "./protocol";

const workers = new Map<string, Promise<Worker>>();
let loaded: Loaded;

/** Reads a file of floats into shared memory, piece by piece: a million rows are gigabytes. */
async function read(url: string, length: number): Promise<Float32Array> {
  const values = new Float32Array(new SharedArrayBuffer(length * 4));
  const bytes = new Uint8Array(values.buffer);
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
  let at = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.set(value, at);
    at += value.length;
  }
  if (at !== bytes.length) throw new Error(`${url} has ${at} bytes where ${bytes.length} were expected.`);
  return values;
}

function ask<T>(worker: Worker, request: Request): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done, failed) => {
    port1.onmessage = ({ data }) => ("error" in data ? failed(new Error(data.error)) : done(data.value));
    worker.onerror = (event) => failed(new Error(event.message));
    worker.postMessage(request, [port2]);
  });
}

function workerOf({ worker: name }: EngineName): Promise<Worker> {
  const start = async () => {
    const worker = new Worker("/worker.js", { type: "module", name });
    await ask(worker, { op: "load", loaded });
    return worker;
  };
  const there = workers.get(name) ?? start();
  workers.set(name, there);
  return there;
}

const bench = {
  isolated: crossOriginIsolated,
  /** Ends every engine and takes another set. */
  async load({ url, n, dim, queries }: { url: string; n: number; dim: number; queries: number }): Promise<void> {
    for (const worker of workers.values()) (await worker).terminate();
    workers.clear();
    loaded = { rows: await read(`${url}/rows.f32`, n * dim), queries: await read(`${url}/queries.f32`, queries * dim), n, dim };
  },
  build: async (engine: EngineName) => ask<Built>(await workerOf(engine), { op: "build", engine }),
  search: async (engine: EngineName, queries: number[], k: number) =>
    ask<Answers>(await workerOf(engine), { op: "search", engine, queries, k }),
  /** What else is asked of Dotlight's engine, once it has been built. */
  check: async () => ask<unknown>(await workers.get("dotlight")!, { op: "check" }),
};

/** Runs speed/worker.ts to its end; its progress goes to the console. */
function speed(request: SpeedRequest): Promise<SpeedAnswer> {
  const worker = new Worker("/speed.js", { type: "module" });
  return new Promise((done, failed) => {
    worker.onerror = (event) => failed(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if ("answer" in data) done(data.answer);
      else if ("error" in data) failed(new Error(data.error));
      else console.log(data.progress);
    };
    worker.postMessage(request);
  });
}

Object.assign(globalThis, { bench: { ...bench, speed } });
