import type { KernelMemory } from "./kernel/memory";
import type { StoredRows } from "./rows";

/** Rows that one thread scans sooner than it can be helped. */
const FEW = 4000;

/** Where a search's filter lies in memory: a bit a row, with every shard's bits beginning at a multiple of 64. */
export class RowFilter {
  #at = 0;
  #bytes = 0;

  constructor(readonly memory: KernelMemory) {}

  /** `filter` has a bit a row, the lowest first. Returns its place, which the next one takes too. */
  put(filter: Uint8Array, { filterBytes, shards }: StoredRows): number {
    if (this.#bytes < filterBytes) {
      this.#at = this.memory.allocate(filterBytes);
      this.#bytes = filterBytes;
    }
    const bits = this.memory.bytes(this.#at, filterBytes).fill(0);
    for (const { first, rows, filterAt } of shards) {
      const shift = first & 7;
      if (shift === 0) bits.set(filter.subarray(first >> 3, (first + rows + 7) >> 3), filterAt);
      else
        for (let byte = 0; byte < Math.ceil(rows / 8); byte++) {
          const at = (first >> 3) + byte;
          bits[filterAt + byte] = (filter[at]! >> shift) | ((filter[at + 1] ?? 0) << (8 - shift));
        }
      // Bits beyond the shard's rows are the next one's.
      if (rows & 7) bits[filterAt + (rows >> 3)] = bits[filterAt + (rows >> 3)]! & ((1 << (rows & 7)) - 1);
    }
    return this.#at;
  }

  /** Its memory is somebody else's from now on. */
  clear(): void {
    this.#at = 0;
    this.#bytes = 0;
  }
}

/** Whether a filter's set bits are few. */
export function keepsFew(filter: Uint8Array): boolean {
  let kept = 0;
  for (let byte = 0; byte < filter.length && kept < FEW; byte++) {
    for (let bits = filter[byte]!; bits; bits &= bits - 1) kept++;
  }
  return kept < FEW;
}
