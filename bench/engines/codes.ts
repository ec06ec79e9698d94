/**
 * Rows in 8 bits (one scale each, neither centred nor rotated) in shared WASM memory, and the threads that read or scan them:
 * what `read-limit` and the plain `8-bit relaxed scan` both work on. Made once for all of them.
 */

import { CONTROL, controlOf, type Job, layout, runJob, THREADS } from "./codes-job";

const LEVELS = 127;
/** The query's largest code: with 64 added it stays within 1 to 127. */
const QUERY_LEVELS = 63;

export interface Codes {
  buildMs: number;
  bytesPerRow: number;
  /** Starts the helpers that work on `threads` threads needs. */
  begin(threads: number): Promise<void>;
  /** Reads every code once; `kernel` picks one of two loops. */
  read(kernel: "readOne" | "readFour", threads: number): void;
  search(query: Float32Array, k: number, threads: number): Uint32Array;
}

const made = new WeakMap<Float32Array, Promise<Codes>>();

export function codesOf(rows: Float32Array, n: number, dim: number): Promise<Codes> {
  const there = made.get(rows) ?? make(rows, n, dim);
  made.set(rows, there);
  return there;
}

async function make(rows: Float32Array, n: number, dim: number): Promise<Codes> {
  if (dim % 64 !== 0) throw new Error(`The bench's kernels want a dimension that 64 divides, not ${dim}.`);
  const began = performance.now();
  const at = layout(n, dim);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(at.end / 65536), maximum: 65536, shared: true });
  quantise(rows, n, dim, memory, at);
  const module = await WebAssembly.compileStreaming(fetch("/kernels.wasm"));
  const kernels = (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as Job["kernels"];
  const job: Job = { kernels, memory, at, n, dim };
  const control = controlOf(memory);
  const buildMs = performance.now() - began;
  let helpers = 0;

  /** Runs operation `op` on `threads` threads, this one among them. */
  function run(op: number, k: number, threads: number) {
    control[CONTROL.op] = op;
    control[CONTROL.k] = k;
    control[CONTROL.threads] = threads;
    Atomics.store(control, CONTROL.working, threads - 1);
    for (let thread = 1; thread < threads; thread++) {
      Atomics.add(control, CONTROL.wake + thread, 1);
      Atomics.notify(control, CONTROL.wake + thread);
    }
    runJob(job, 0, control);
    while (Atomics.load(control, CONTROL.working) > 0);
  }

  return {
    buildMs,
    bytesPerRow: dim + 8,
    async begin(threads) {
      if (threads > THREADS) throw new Error(`The bench's kernels run on ${THREADS} threads at most, not ${threads}.`);
      for (; helpers < threads - 1; helpers++) await startHelper({ module, memory, n, dim, thread: helpers + 1 });
    },
    read: (kernel, threads) => run(kernel === "readOne" ? 0 : 1, 0, threads),
    search(query, k, threads) {
      setQuery(query, new Uint8Array(memory.buffer, at.query, dim));
      run(2, k, threads);
      const found: [number, number][] = [];
      for (let thread = 0; thread < threads; thread++) {
        const scores = new Float32Array(memory.buffer, at.best + thread * at.bestStride, k);
        const best = new Uint32Array(memory.buffer, at.best + thread * at.bestStride + k * 4, k);
        for (let i = 0; i < k && scores[i]! > -3e38; i++) found.push([scores[i]!, best[i]!]);
      }
      found.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
      return Uint32Array.from(found.slice(0, k), ([, row]) => row);
    },
  };
}

function startHelper(message: object): Promise<void> {
  return new Promise((ready, failed) => {
    const worker = new Worker("/codes-thread.js", { type: "module" });
    worker.onmessage = () => ready();
    worker.onerror = (event) => failed(new Error(event.message));
    worker.postMessage(message);
  });
}

function quantise(rows: Float32Array, n: number, dim: number, memory: WebAssembly.Memory, at: Job["at"]) {
  const codes = new Int8Array(memory.buffer, at.codes, n * dim);
  const scales = new Float32Array(memory.buffer, at.scales, n);
  const sums = new Int32Array(memory.buffer, at.sums, n);
  for (let row = 0; row < n; row++) {
    const start = row * dim;
    let largest = 0;
    for (let i = start; i < start + dim; i++) largest = Math.max(largest, Math.abs(rows[i]!));
    const scale = largest / LEVELS || 1;
    let sum = 0;
    for (let i = start; i < start + dim; i++) {
      const code = Math.round(rows[i]! / scale);
      codes[i] = code;
      sum += code;
    }
    scales[row] = scale;
    sums[row] = sum * 64;
  }
}

function setQuery(query: Float32Array, codes: Uint8Array) {
  let largest = 0;
  for (const value of query) largest = Math.max(largest, Math.abs(value));
  const scale = largest / QUERY_LEVELS || 1;
  for (let i = 0; i < query.length; i++) codes[i] = Math.round(query[i]! / scale) + 64;
}
