import { recordOf, sha256 } from "../files/digest";
import type { Sink } from "../files/source";
import { inner } from "../retrieval/clusters/k-means";
import type { Known } from "../retrieval/clusters/probing";
import { dot } from "../retrieval/dot";
import { type HalfRows, unhalve } from "../retrieval/half";
import { type PlaneRows, quantise, rotatedRow } from "../retrieval/planes";
import type { Vector } from "../retrieval/scan";
import { type Basis, within } from "../retrieval/subspace";
import {
  BLOCK_ROWS,
  blocksOf,
  bytesOf,
  type ClusterTable,
  DIGEST,
  type List,
  type ListEntry,
  listBytes,
  writeIndex,
  writeList,
} from "./clusters";
import type { FileEntry } from "./manifest";
import { exactOffset, writeExact } from "./shard";

/** Best rows of each query that are looked for. */
const BEST = 10;
/** Queries they are looked for: every row is scored with each. */
const MOST_QUERIES = 150;

/** Rows of a list, and their numbers in the gallery. */
export interface Members {
  numbers: number[];
  rows: HalfRows;
}

/** Writes lists, file by file, and finds out in which of them the best rows of the queries are. */
export class ListWriter {
  /** The gallery's dimension, and the subspace's. */
  readonly whole: number;
  readonly dimension: number;
  readonly #entries: ListEntry[] = [];
  readonly #files: FileEntry[] = [];
  readonly #exact: FileEntry[] = [];
  readonly #queries: { vector: Float32Array; part: Float64Array; best: { score: number; list: number }[] }[];

  constructor(
    readonly sink: Sink,
    readonly folder: string,
    readonly basis: Basis,
    queries: Vector[],
  ) {
    this.whole = queries[0]!.length;
    this.dimension = basis.length / this.whole;
    const step = Math.max(1, queries.length / MOST_QUERIES);
    const asked = Array.from({ length: Math.min(queries.length, MOST_QUERIES) }, (_, i) => queries[Math.floor(i * step)]!);
    this.#queries = asked.map((query) => ({ vector: Float32Array.from(query), part: within(basis, query), best: [] }));
  }

  /** The lists of a file, one after the other. */
  async write(lists: Members[]): Promise<void> {
    const file = this.#files.length;
    const rows = lists.reduce((sum, { numbers }) => sum + numbers.length, 0);
    const exact = writeExact(joined(lists.map((list) => list.rows)));
    const bytes = new Uint8Array(lists.reduce((sum, list) => sum + listBytes({ rows: list.numbers.length, dimension: this.dimension }), 0));
    let [start, first] = [0, 0];
    for (const { numbers, rows: own } of lists) {
      const digests = new Uint8Array(blocksOf(own.rows) * DIGEST);
      for (let row = 0; row < own.rows; row += BLOCK_ROWS) {
        const [from, to] = [row, Math.min(own.rows, row + BLOCK_ROWS)].map((at) => exactOffset(first + at, own.dimension));
        digests.set(bytesOf(await sha256(exact.subarray(from, to))), (row / BLOCK_ROWS) * DIGEST);
      }
      const { vectors, parts } = this.#vectorsOf(own);
      const codes = quantise(parts, this.dimension, 1);
      const list: List = { numbers: Uint32Array.from(numbers), codes, digests };
      const written = writeList(list);
      bytes.set(written, start);
      const entry = { file, start, first, rows: own.rows, spread: spreadOf(codes), sha256: await sha256(written), centre: codes.centre };
      this.#look(vectors, this.#entries.push(entry) - 1);
      start += written.length;
      first += own.rows;
    }
    const name = String(file).padStart(4, "0");
    this.#files.push(await this.#put(`${name}.dot`, bytes, rows));
    this.#exact.push(await this.#put(`exact/${name}.dot`, exact, rows));
  }

  /** @param sample rows from all over the gallery */
  async finish(
    sample: HalfRows,
  ): Promise<Pick<ClusterTable, "index" | "files" | "exact" | "sample"> & { entries: ListEntry[]; known: Known[] }> {
    const entries = this.#entries;
    const index = await this.#put("index.dot", writeIndex({ basis: this.basis, lists: entries }, this.dimension), entries.length);
    const known = this.#queries.map(({ part, best }) => ({ query: part, lists: best.map(({ list }) => list) }));
    return {
      index,
      files: this.#files,
      exact: this.#exact,
      sample: await this.#put("sample.dot", writeExact(sample), sample.rows),
      entries,
      known,
    };
  }

  /** Rows, and their parts in the subspace. */
  #vectorsOf(rows: HalfRows): { vectors: Float32Array; parts: Float32Array } {
    const vectors = new Float32Array(rows.rows * this.whole);
    const parts = new Float32Array(rows.rows * this.dimension);
    for (let row = 0; row < rows.rows; row++) {
      const vector = unhalve(rows, row);
      vectors.set(vector, row * this.whole);
      parts.set(within(this.basis, vector), row * this.dimension);
    }
    return { vectors, parts };
  }

  /** Which of the list's rows (rows x the gallery's dimension) are among the best of any query so far. */
  #look(vectors: Float32Array, list: number): void {
    const { whole } = this;
    for (const { vector, best } of this.#queries) {
      for (let row = 0; row < vectors.length / whole; row++) {
        const score = inner(vector, 0, vectors, row, whole);
        if (best.length === BEST && score <= best.at(-1)!.score) continue;
        const place = best.findIndex((other) => other.score < score);
        best.splice(place < 0 ? best.length : place, 0, { score, list });
        if (best.length > BEST) best.pop();
      }
    }
  }

  async #put(name: string, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<FileEntry> {
    const file = `${this.folder}clusters/${name}`;
    await this.sink.write(file, bytes);
    return { file, rows, ...(await recordOf(bytes)) };
  }
}

function joined(parts: HalfRows[]): HalfRows {
  const { dimension } = parts[0]!;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const all: HalfRows = { rows, dimension, halves: new Uint16Array(rows * dimension), scales: new Float32Array(rows) };
  let at = 0;
  for (const { rows: own, halves, scales } of parts) {
    all.halves.set(halves, at * dimension);
    all.scales.set(scales, at);
    at += own;
  }
  return all;
}

/** Deviation of a row from the centre in one dimension, by the codes. */
function spreadOf(codes: PlaneRows): number {
  let sum = 0;
  for (let row = 0; row < codes.rows; row++) {
    const y = rotatedRow(codes, row);
    sum += dot(y, y);
  }
  return Math.sqrt(sum / Math.max(1, codes.rows * codes.dimension));
}
