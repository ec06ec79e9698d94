import type { PlaneRows } from "../planes";
import { META, planeWidth } from "../planes";
import type { KernelMemory } from "./memory";

/** Structs of the kernel's memory, as assembly/layout.ts has them. */

const SHARD = 64;
const JOB = 192;
const THREAD = 1792;
/** A candidate: u32 row, f32 score, f32 slack. */
const HIT = 12;
/** Rows of a slice (assembly/scan.ts). */
const SLICE_ROWS = 4096;
const FIRST_ROOM = 4096;
/** Bytes of a plane that are read at a time of a row that waits, and of what a query holds for each. */
const BLOCK = 64;
const STAGE = 24;

/** A row that may be among the best; its score may be off by as much as `slack`. */
export interface Candidate {
  row: number;
  score: number;
  slack: number;
}

/** A shard whose codes lie in the kernel's memory. */
export interface StoredShard {
  rows: number;
  /** Number of its first row. */
  first: number;
  centre: Float64Array;
  scales: number;
  /** Addresses of the planes that have arrived. */
  planes: number[];
  meta: number;
  /** At least each row's norm. */
  norms: number;
  spreads: readonly [number, number];
  largest: number;
  /** Where its bits begin in a filter, bytes. */
  filterAt: number;
}

const padded = (rows: number): number => Math.ceil(rows / 4) * 4;

/** Copies a shard into memory, its rows padded to a multiple of four. */
export function storeShard(memory: KernelMemory, shard: PlaneRows, first: number, filterAt: number): StoredShard {
  const { rows, dimension, centre, spreads, largest } = shard;
  const scales = memory.allocate(padded(rows) * 4);
  memory.put(shard.scales, scales);
  const norms = memory.put(new Float32Array(padded(rows)).fill(largest));
  const stored: StoredShard = {
    rows,
    first,
    centre: new Float64Array(centre),
    scales,
    planes: [],
    meta: 0,
    norms,
    spreads,
    largest,
    filterAt,
  };
  for (const plane of shard.planes) addPlane(memory, stored, plane, dimension);
  if (shard.planes.length > 1) addMeta(memory, stored, shard.meta);
  return stored;
}

export function addPlane(memory: KernelMemory, stored: StoredShard, plane: Uint8Array, dimension: number): void {
  const at = memory.allocate(padded(stored.rows) * planeWidth(dimension));
  memory.put(plane, at);
  stored.planes.push(at);
}

export function addMeta(memory: KernelMemory, stored: StoredShard, meta: Float32Array): void {
  stored.meta = memory.put(meta.subarray(0, stored.rows * META));
  const norms = new Float32Array(memory.memory.buffer, stored.norms, stored.rows);
  for (let row = 0; row < norms.length; row++) norms[row] = meta[row * META]!;
}

/** Writes the table of shards and of their slices; returns the addresses. */
export function writeTables(memory: KernelMemory, shards: readonly StoredShard[]): { shards: number; slices: number; count: number } {
  const table = memory.allocate(shards.length * SHARD);
  for (const [i, shard] of shards.entries()) {
    const view = memory.view(table + i * SHARD, SHARD);
    const [one = 0, two = 0, three = 0] = shard.planes;
    const fields = [one, shard.scales, two, shard.meta, shard.rows, shard.first];
    for (const [field, value] of fields.entries()) view.setUint32(field * 4, value, true);
    view.setFloat32(24, shard.spreads[0], true);
    view.setFloat32(28, shard.largest, true);
    view.setUint32(32, shard.filterAt, true);
    view.setFloat32(36, shard.spreads[1], true);
    view.setUint32(40, shard.norms, true);
    view.setUint32(44, three, true);
  }
  const places = shards.flatMap(({ rows }, shard) =>
    Array.from({ length: Math.ceil(rows / SLICE_ROWS) }, (_, i) => [shard, i * SLICE_ROWS]),
  );
  return { shards: table, slices: memory.put(Int32Array.from(places.flat())), count: places.length };
}

/** A query's numbers for the kernel, in the order of its struct from NUMBERS_AT on; what each is, see query.ts. */
const NUMBERS = [
  ...(["step1", "bias1", "spreadSlack", "rounding1", "querySlack1", "step2", "bias2", "rowSlack", "querySlack2"] as const),
  ...(["rounding", "step8", "step3", "rounding3"] as const),
] as const;
export type JobNumbers = Record<(typeof NUMBERS)[number], number>;

/** A query as the kernel reads it, see query.ts. */
export interface KernelQuery {
  codes8: Int8Array;
  codes16: Int16Array;
  floats: Float32Array;
  stages: Float64Array;
  numbers: JobNumbers;
}

const NUMBERS_AT = 48;
const NEXT = 0;
const SLICES = 4;
const STOP = 40;
/** Minus infinity as an integer of the floats' order. */
const WORST = 0x807fffff | 0;

/** A query on its way through all slices. */
export class Job {
  readonly at: number;
  readonly #query8: number;
  readonly #query16: number;
  readonly #query32: number;
  readonly #stages: number;
  #bases = { at: 0, bytes: 0 };

  /** @param width bytes of a row of a plane */
  constructor(
    readonly memory: KernelMemory,
    readonly width: number,
  ) {
    this.at = memory.allocate(JOB);
    this.#query8 = memory.allocate(width * 2);
    this.#query16 = memory.allocate(width * 4);
    this.#query32 = memory.allocate(width * 8);
    this.#stages = memory.allocate(STAGE * Math.ceil(width / BLOCK));
  }

  /** @param bases the query times every shard's centre; `filter` is the address of one, or 0 */
  begin(
    tables: { shards: number; slices: number; count: number },
    { codes8, codes16, floats, stages, numbers }: KernelQuery,
    bases: Float64Array,
    k: number,
    filter: number,
  ): void {
    const { memory, width } = this;
    if (this.#bases.bytes < bases.byteLength) {
      this.#bases = { at: memory.allocate(bases.byteLength * 2), bytes: bases.byteLength * 2 };
    }
    memory.put(codes8, this.#query8);
    memory.put(codes16, this.#query16);
    memory.put(floats, this.#query32);
    memory.put(stages, this.#stages);
    memory.put(bases, this.#bases.at);
    const view = memory.view(this.at, JOB);
    const pointers = [this.#bases.at, this.#query8, this.#query16];
    const fields = [0, tables.count, tables.slices, tables.shards, ...pointers, width, k, filter, 0, WORST];
    for (const [field, value] of fields.entries()) view.setInt32(field * 4, value, true);
    for (const [field, name] of NUMBERS.entries()) view.setFloat64(NUMBERS_AT + field * 8, numbers[name], true);
    const end = NUMBERS_AT + NUMBERS.length * 8;
    view.setInt32(end, this.#query32, true);
    view.setInt32(end + 4, this.#stages, true);
  }

  /** Leaves this one slice to be taken. */
  only(slice: number): void {
    const view = this.memory.view(this.at, JOB);
    view.setInt32(NEXT, slice, true);
    view.setInt32(SLICES, slice + 1, true);
  }

  stop(): void {
    Atomics.store(new Int32Array(this.memory.memory.buffer), (this.at + STOP) >> 2, 1);
  }
}

/** What one thread has found of one query. */
export class Finds {
  readonly at: number;
  #room = 0;
  #found = 0;
  #heap = 0;
  #heapRoom = 0;

  constructor(readonly memory: KernelMemory) {
    this.at = memory.allocate(THREAD);
    this.#found = memory.allocate(FIRST_ROOM * HIT);
    this.#room = FIRST_ROOM;
  }

  begin(k: number): void {
    if (k > this.#heapRoom) {
      this.#heap = this.memory.allocate(k * 4);
      this.#heapRoom = k;
    }
    const view = this.memory.view(this.at, THREAD);
    const fields = [this.#found, this.#room, 0, this.#heap, 0, -1, 0, 0, 0, 0];
    for (const [field, value] of fields.entries()) view.setInt32(field * 4, value, true);
  }

  /** Whether a slice waits for more room; then this doubles it. */
  makeRoom(): boolean {
    const view = this.memory.view(this.at, THREAD);
    if (view.getInt32(20, true) < 0) return false;
    const used = this.count * HIT;
    const larger = this.memory.allocate(this.#room * 2 * HIT);
    this.memory.put(this.memory.bytes(this.#found, used), larger);
    this.#found = larger;
    this.#room *= 2;
    const again = this.memory.view(this.at, THREAD);
    again.setInt32(0, this.#found, true);
    again.setInt32(4, this.#room, true);
    return true;
  }

  get count(): number {
    return this.memory.view(this.at, THREAD).getInt32(8, true);
  }

  /** Rows whose second plane was read. */
  get refined(): number {
    return this.memory.view(this.at, THREAD).getInt32(28, true);
  }

  /** All that was found, in the order in which it was. */
  list(): Candidate[] {
    const { buffer } = this.memory.memory;
    const rows = new Uint32Array(buffer, this.#found, this.count * 3);
    const floats = new Float32Array(buffer, this.#found, this.count * 3);
    const found: Candidate[] = [];
    for (let at = 0; at < rows.length; at += 3) found.push({ row: rows[at]!, score: floats[at + 1]!, slack: floats[at + 2]! });
    return found;
  }
}
