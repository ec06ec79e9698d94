/** What the bench asks of an engine in the browser. One instance answers for one mode and one number of threads. */
export interface Engine {
  /**
   * Takes n rows of dim values each (unit length, every value exact in f16; the array lies in shared memory and stays).
   * `buildMs` is given where the work was done once for several instances, and measured by the caller otherwise.
   */
  build(rows: Float32Array, n: number, dim: number): Promise<{ bytesPerRow: number; buildMs?: number }>;
  /** The numbers of the best k rows, best first. */
  search(query: Float32Array, k: number): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Frees what the instance holds. */
  close(): void;
}

export type CreateEngine = (mode: string, threads: number) => Engine;
