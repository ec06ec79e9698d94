import type { HalfRows } from "../retrieval/half";
import type { Gallery } from "./reader";

/** All full-precision rows, shard by shard, each with the number of its first. @throws DotlightError "missing-file" where there are none */
export async function* numberedRows(gallery: Gallery): AsyncGenerator<{ first: number; rows: HalfRows }> {
  let first = 0;
  for await (const rows of gallery.fullRows()) {
    yield { first, rows };
    first += rows.rows;
  }
}

/** Rows by their numbers, which ascend. */
export async function rowsAt(gallery: Gallery, numbers: ArrayLike<number>): Promise<HalfRows> {
  const { dimension } = gallery.manifest;
  const found: HalfRows = {
    rows: numbers.length,
    dimension,
    halves: new Uint16Array(numbers.length * dimension),
    scales: new Float32Array(numbers.length),
  };
  let at = 0;
  for await (const { first, rows } of numberedRows(gallery)) {
    for (; at < numbers.length && numbers[at]! < first + rows.rows; at++) copyRow(rows, numbers[at]! - first, found, at);
  }
  return found;
}

export function copyRow(from: HalfRows, row: number, to: HalfRows, at: number): void {
  const { dimension } = from;
  to.scales[at] = from.scales[row]!;
  to.halves.set(from.halves.subarray(row * dimension, (row + 1) * dimension), at * dimension);
}
