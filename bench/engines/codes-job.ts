/** The part of a read or a scan that one thread does, and where everything lies in the shared memory (codes.ts). */

/** The most threads that a job is split among. */
export const THREADS = 8;

/** Control words at 0; each thread waits on a word of its own, wake + thread. */
export const CONTROL = { working: 0, op: 1, k: 2, threads: 3, wake: 16 };
export const controlOf = (memory: WebAssembly.Memory) => new Int32Array(memory.buffer, 0, CONTROL.wake + THREADS);

const QUERY = 1024;
const BEST = 8192;
const BEST_STRIDE = 4096;
const CODES = 65536;

export function layout(n: number, dim: number) {
  const scales = CODES + n * dim;
  return { query: QUERY, best: BEST, bestStride: BEST_STRIDE, codes: CODES, scales, sums: scales + n * 4, end: scales + n * 8 };
}

export interface Job {
  memory: WebAssembly.Memory;
  at: ReturnType<typeof layout>;
  n: number;
  dim: number;
  kernels: {
    readOne(at: number, bytes: number): bigint;
    readFour(at: number, bytes: number): bigint;
    scan(
      codes: number,
      scales: number,
      sums: number,
      first: number,
      last: number,
      width: number,
      query: number,
      k: number,
      best: number,
    ): void;
  };
}

/** Kept, so that no compiler may leave the reading out. */
export let checksum = 0n;

export function runJob({ kernels, at, n, dim }: Job, thread: number, control: Int32Array) {
  const [op, k, threads] = [control[CONTROL.op]!, control[CONTROL.k]!, control[CONTROL.threads]!];
  const first = Math.floor((n * thread) / threads);
  const last = Math.floor((n * (thread + 1)) / threads);
  const bytes = [at.codes + first * dim, (last - first) * dim] as const;
  if (op === 0) checksum ^= kernels.readOne(...bytes);
  else if (op === 1) checksum ^= kernels.readFour(...bytes);
  else kernels.scan(at.codes, at.scales, at.sums, first, last, dim, at.query, k, at.best + thread * at.bestStride);
}
