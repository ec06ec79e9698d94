import { DotlightError } from "../files/errors";
import { KERNEL } from "./kernel/kernel.generated";
import { badVectors, type QuantisedRows } from "./quantise";
import { TopK } from "./top-k";

/** One answer: a row's number and its dot score. */
export interface Hit {
  row: number;
  score: number;
}

interface Kernel {
  score(codes: number, scales: number, rows: number, width: number, query: number, out: number): void;
}

/** Rows scored at a time: the scores stay in the first-level cache. */
const SLICE = 1024;
const PAGE = 65536;
/** The query's largest code: 14 bits, so that a sum of 2048 products fits 32 bits (kernel/assembly/scan.ts). */
const QUERY_LEVELS = 8191;
const LARGEST_DIMENSION = 2048;

/** Exhaustive search by dot product over 8-bit rows held in WASM memory. */
export class Scan {
  #rows = 0;
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #kernel: Kernel;
  /** Length of a row in memory: the dimension, padded to a multiple of 16. */
  readonly #width: number;
  readonly #query: number;
  readonly #scores: number;
  #end: number;
  /** Where each shard's codes and scales lie, and the number of its first row. */
  readonly #shards: { codes: number; scales: number; rows: number; first: number }[] = [];

  /** @throws DotlightError "no-simd" where WebAssembly has no SIMD, "bad-vectors" for a dimension out of range. */
  constructor(readonly dimension: number) {
    if (!Number.isInteger(dimension) || dimension < 1 || dimension > LARGEST_DIMENSION) {
      throw badVectors(`a dimension of ${dimension} is not within 1 to ${LARGEST_DIMENSION}`);
    }
    const bytes = Uint8Array.from(atob(KERNEL), (c) => c.charCodeAt(0));
    if (!WebAssembly.validate(bytes)) {
      throw new DotlightError(
        "no-simd",
        "This browser runs WebAssembly without SIMD, which the search needs.",
        "Use a browser of 2023 or later: Chrome or Edge 91, Firefox 89, Safari 16.4.",
      );
    }
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: this.#memory } });
    this.#kernel = instance.exports as unknown as Kernel;
    this.#width = Math.ceil(dimension / 16) * 16;
    // The kernel's own data, if any, lies in the first kilobyte.
    this.#query = 1024;
    this.#scores = this.#query + this.#width * 2;
    this.#end = this.#scores + SLICE * 4;
  }

  /** How many rows can be found so far. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Appends rows; they are numbered on from the last.
   * @throws DotlightError "bad-vectors" for another dimension
   */
  add({ rows, dimension, codes, scales }: QuantisedRows): void {
    if (dimension !== this.dimension) throw badVectors(`rows of dimension ${dimension} do not fit ${this.dimension}`);
    const at = this.#allocate(rows * this.#width + rows * 4);
    const shard = { codes: at, scales: at + rows * this.#width, rows, first: this.#rows };
    const memory = new Int8Array(this.#memory.buffer);
    if (this.#width === dimension) memory.set(codes, shard.codes);
    else {
      for (let row = 0; row < rows; row++) {
        memory.set(codes.subarray(row * dimension, (row + 1) * dimension), shard.codes + row * this.#width);
      }
    }
    new Float32Array(this.#memory.buffer, shard.scales, rows).set(scales);
    this.#shards.push(shard);
    this.#rows += rows;
  }

  /**
   * The k rows of the highest dot score, best first, equal scores by row. Fewer when there are fewer rows.
   * @throws DotlightError "bad-query" for a k below 1, "bad-vectors" for a query of another dimension, NaN or infinity
   */
  search(query: Float32Array, k: number): Hit[] {
    if (!Number.isInteger(k) || k < 1) {
      throw new DotlightError("bad-query", `${k} hits were asked for.`, "Ask for a whole number of hits, at least 1.");
    }
    const top = new TopK(Math.min(k, this.#rows));
    this.#eachSlice(query, (scores, first) => top.offer(scores, first));
    return top.sorted();
  }

  /** All dot scores in the order of the rows, for evaluation. */
  scores(query: Float32Array): Float32Array {
    const all = new Float32Array(this.#rows);
    this.#eachSlice(query, (scores, first) => all.set(scores, first));
    return all;
  }

  /** The float values of a row as it is stored. */
  vector(row: number): Float32Array {
    const shard = this.#shards.find(({ first, rows }) => row >= first && row < first + rows);
    if (!shard) throw new RangeError(`Row ${row} is not among the ${this.#rows} rows.`);
    const scale = new Float32Array(this.#memory.buffer, shard.scales, shard.rows)[row - shard.first]!;
    const codes = new Int8Array(this.#memory.buffer, shard.codes + (row - shard.first) * this.#width, this.dimension);
    return Float32Array.from(codes, (code) => code * scale);
  }

  #eachSlice(query: Float32Array, take: (scores: Float32Array, first: number) => void): void {
    const scale = this.#setQuery(query);
    for (const shard of this.#shards) {
      for (let done = 0; done < shard.rows; done += SLICE) {
        const rows = Math.min(SLICE, shard.rows - done);
        this.#kernel.score(shard.codes + done * this.#width, shard.scales + done * 4, rows, this.#width, this.#query, this.#scores);
        const scores = new Float32Array(this.#memory.buffer, this.#scores, rows);
        for (let i = 0; i < rows; i++) scores[i] = scores[i]! * scale;
        take(scores, shard.first + done);
      }
    }
  }

  /** Quantises the query into the kernel's memory and returns its scale. */
  #setQuery(query: Float32Array): number {
    if (query.length !== this.dimension) throw badVectors(`a query of dimension ${query.length} does not fit ${this.dimension}`);
    let largest = 0;
    for (const value of query) {
      if (!Number.isFinite(value)) throw badVectors(`the query holds ${value}`);
      largest = Math.max(largest, Math.abs(value));
    }
    const scale = largest / QUERY_LEVELS;
    const codes = new Int16Array(this.#memory.buffer, this.#query, this.#width).fill(0);
    if (scale > 0) for (let i = 0; i < query.length; i++) codes[i] = Math.round(query[i]! / scale);
    return scale;
  }

  #allocate(bytes: number): number {
    const at = Math.ceil(this.#end / 64) * 64;
    this.#end = at + bytes;
    const lacking = this.#end - this.#memory.buffer.byteLength;
    if (lacking > 0) this.#memory.grow(Math.ceil(lacking / PAGE));
    return at;
  }
}
