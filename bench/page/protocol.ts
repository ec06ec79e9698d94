/** What bench/browser.mjs asks of the page, and the page of its workers. */

export interface EngineName {
  /** The adapter: a file of engines/. */
  adapter: string;
  mode: string;
  threads: number;
  /** Instances of one worker share what they build. */
  worker: string;
}

export interface Loaded {
  rows: Float32Array;
  queries: Float32Array;
  n: number;
  dim: number;
}

export interface Built {
  buildMs: number;
  bytesPerRow: number;
}

export interface Answers {
  /** Milliseconds and the row numbers found, a query each. */
  ms: number[];
  rows: number[][];
}

export type Request =
  | { op: "load"; loaded: Loaded }
  | { op: "check" }
  | { op: "build"; engine: EngineName }
  | { op: "search"; engine: EngineName; queries: number[]; k: number };
