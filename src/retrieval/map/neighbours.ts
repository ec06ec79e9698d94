import { type Centres, inner } from "../clusters/k-means";

/** Some rows, the nearest first, and how far each of them is. */
export interface Neighbours {
  rows: number[];
  distances: number[];
}

/** The `k` of `among` that are nearest to a row of `of` (rows x dimension); the first of those that are equally near. */
export function neighbours(of: Float32Array, row: number, among: Centres, dimension: number, k: number): Neighbours {
  const rows: number[] = [];
  const nearness: number[] = [];
  for (let other = 0; other < among.count; other++) {
    const near = inner(of, row, among.values, other, dimension) - among.halves[other]!;
    if (rows.length === k && near <= nearness[k - 1]!) continue;
    if (rows.length === k) {
      rows.pop();
      nearness.pop();
    }
    let at = rows.length;
    while (at > 0 && nearness[at - 1]! < near) at--;
    rows.splice(at, 0, other);
    nearness.splice(at, 0, near);
  }
  const length = inner(of, row, of, row, dimension);
  return { rows, distances: nearness.map((near) => Math.sqrt(Math.max(0, length - 2 * near))) };
}
