import { dot } from "./dot";
import { type HalfRows, unhalve } from "./half";
import type { KernelMemory } from "./kernel/memory";
import { addMeta, addPlane, type StoredShard, storeShard } from "./kernel/structs";
import { badVectors, type PlaneRows, planeWidth, rotatedRow } from "./planes";
import type { Query } from "./query";
import type { Rotation } from "./rotation";

export interface Shard extends StoredShard {
  halves: HalfRows | undefined;
}

/** What the order of an answer is exact for: full-precision rows, or codes of so many bits. */
export type Precision = "full" | "12 bits" | "8 bits" | "4 bits";

/** The rows of a scan: shards in the kernel's memory, numbered through. */
export class StoredRows {
  readonly shards: Shard[] = [];
  count = 0;
  /** The largest norm of a row or centre, at most. */
  largest = 0;
  /** Bytes of a filter in memory, where every shard's bits begin at a multiple of 64. */
  filterBytes = 0;
  /** Bytes of a row of a plane. */
  readonly width: number;
  #bases: { query?: Query; values: Float64Array } = { values: new Float64Array() };

  constructor(
    readonly memory: KernelMemory,
    readonly rotation: Rotation,
  ) {
    this.width = planeWidth(rotation.dimension);
  }

  /** @throws DotlightError "bad-vectors" for another dimension, "no-memory" */
  add(shard: PlaneRows, halves?: HalfRows): void {
    const { dimension } = this.rotation;
    if (shard.dimension !== dimension) throw badVectors(`rows of dimension ${shard.dimension} do not fit ${dimension}`);
    this.shards.push({ ...storeShard(this.memory, shard, this.count, this.filterBytes), halves });
    this.count += shard.rows;
    this.filterBytes += Math.ceil(shard.rows / 64) * 8;
    const centre = Math.sqrt(shard.centre.reduce((sum, value) => sum + value * value, 0));
    this.largest = Math.max(this.largest, shard.largest + centre);
  }

  clear(): void {
    this.shards.length = 0;
    this.#bases = { values: new Float64Array() };
    this.count = this.largest = this.filterBytes = 0;
  }

  addPlane(number: number, plane: Uint8Array, meta?: Float32Array): void {
    const shard = this.shards[number]!;
    addPlane(this.memory, shard, plane, this.rotation.dimension);
    if (meta) addMeta(this.memory, shard, meta);
  }

  /** The query times every shard's centre. */
  bases(query: Query): Float64Array {
    const { shards } = this;
    if (this.#bases.query !== query || this.#bases.values.length !== shards.length) {
      const values = new Float64Array(shards.length);
      for (let i = 0; i < values.length; i++) values[i] = dot(query.vector, shards[i]!.centre);
      this.#bases = { query, values };
    }
    return this.#bases.values;
  }

  /** How fine the codes of every row are. */
  get bits(): Precision {
    const planes = Math.min(3, ...this.shards.map((shard) => shard.planes.length));
    return planes === 3 ? "12 bits" : planes === 2 ? "8 bits" : "4 bits";
  }

  /** Every row's full precision is in memory. */
  get full(): boolean {
    return this.shards.length > 0 && this.shards.every(({ halves }) => halves);
  }

  /** A row as it is stored in memory, in full precision where that is there. */
  vector(row: number): Float64Array {
    const shard = this.shardOf(row);
    if (shard.halves) return unhalve(shard.halves, row - shard.first);
    const y = this.rotated(shard, row);
    this.rotation.undo(y);
    for (let i = 0; i < y.length; i++) y[i] = y[i]! + shard.centre[i]!;
    return y;
  }

  /** A row of the shard as its codes have it: rotated, the centre not added. */
  rotated(shard: Shard, row: number): Float64Array {
    const at = row - shard.first;
    const planes = shard.planes.map((plane) => this.memory.bytes(plane + at * this.width, this.width));
    const scales = Float32Array.of(this.memory.view(shard.scales + at * 4, 4).getFloat32(0, true));
    return rotatedRow({ dimension: this.rotation.dimension, planes, scales }, 0);
  }

  shardOf(row: number): Shard {
    return this.shards[this.shardNumberOf(row)]!;
  }

  shardNumberOf(row: number): number {
    let [low, high] = [0, this.shards.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.shards[middle]!.first <= row) low = middle;
      else high = middle - 1;
    }
    const shard = this.shards[low];
    if (!shard || row < shard.first || row >= shard.first + shard.rows) {
      throw new RangeError(`Row ${row} is not among the ${this.count} rows.`);
    }
    return low;
  }
}
