import { DotlightError } from "../files/errors";
import { dot } from "./dot";
import { unhalve } from "./half";
import type { Kernel } from "./kernel/memory";
import type { Candidate } from "./kernel/structs";
import { META } from "./planes";
import type { Query } from "./query";
import type { Precision, StoredRows } from "./rows";

/** Full-precision rows that are read when they are needed; row numbers are the scan's. */
export interface RowReader {
  read(rows: number[]): Promise<Float64Array[]>;
}

/** The candidates whose upper bound reaches the k-th best lower bound. */
export function best(found: Candidate[], k: number): Candidate[] {
  if (found.length <= k) return found;
  const lower = Float64Array.from(found, ({ score, slack }) => score - slack).sort();
  const bound = lower[lower.length - k]!;
  return found.filter(({ score, slack }) => score + slack >= bound);
}

/** The end of the cascade: what a scan found, scored by finer and finer rows until the order is known. */
export class Settling {
  readonly #query32: number;
  reader: RowReader | undefined;

  constructor(
    readonly rows: StoredRows,
    readonly kernel: Kernel,
  ) {
    this.#query32 = rows.memory.allocate(rows.width * 8);
  }

  /** Scores candidates by all twelve bits where those are there, and leaves out what can no longer be among the k best. */
  refine(query: Query, found: Candidate[], k: number): Candidate[] {
    const { memory, width, rotation, shards } = this.rows;
    if (found.length <= k || shards.some(({ planes }) => planes.length < 3)) return found;
    memory.put(new Float32Array(query.rotated), this.#query32);
    // Sixteen running sums in 32 bits, and the roundings of codes, query and products.
    const rounding = (rotation.dimension / 16 + 8) * 2 ** -24 * query.norm;
    const bases = this.rows.bases(query);
    const floats = new Float32Array(memory.memory.buffer);
    for (const candidate of found) {
      const number = this.rows.shardNumberOf(candidate.row);
      const shard = shards[number]!;
      const row = candidate.row - shard.first;
      const [one, two, three] = shard.planes as [number, number, number];
      const at = row * width;
      const sum = this.kernel.dot12(one + at, two + at, three + at, width, this.#query32);
      const meta = (shard.meta >>> 2) + row * META;
      candidate.score = bases[number]! + floats[(shard.scales >>> 2) + row]! * sum;
      candidate.slack = query.caution * query.norm * floats[meta + 2]! + rounding * floats[meta]! + query.numbers.rounding;
    }
    return best(found, k);
  }

  /** Float64 inner products with the rows as they are stored; by their codes where full-precision rows are lacking or cannot be read. */
  async scores(query: Query, rows: number[]): Promise<{ scores: number[]; of: Precision }> {
    if (this.reader || this.rows.full) {
      try {
        return { scores: await this.#full(query, rows), of: "full" };
      } catch (error) {
        // A host gone, a block evicted: the codes in memory still answer, and the answer says so.
        if (!(error instanceof DotlightError)) throw error;
      }
    }
    const scores = rows.map((row) => {
      const shard = this.rows.shardOf(row);
      return dot(query.vector, shard.centre) + dot(query.rotated, this.rows.rotated(shard, row));
    });
    return { scores, of: this.rows.bits };
  }

  async #full(query: Query, rows: number[]): Promise<number[]> {
    const row64 = new Float64Array(this.rows.rotation.dimension);
    const scores = new Array<number>(rows.length);
    const lacking: number[] = [];
    for (const [i, row] of rows.entries()) {
      const { halves, first } = this.rows.shardOf(row);
      if (halves) scores[i] = dot(query.vector, unhalve(halves, row - first, row64));
      else lacking.push(i);
    }
    if (lacking.length === 0) return scores;
    const read = await this.reader!.read(lacking.map((i) => rows[i]!));
    for (const [at, i] of lacking.entries()) scores[i] = dot(query.vector, read[at]!);
    return scores;
  }
}
