/** Rounds of Lloyd's algorithm: later ones move hardly anything. */
const ROUNDS = 8;

/** Centres (count x dimension), with what makes the nearest of them a matter of inner products. */
export interface Centres {
  count: number;
  values: Float32Array;
  /** Half of each one's squared length. */
  halves: Float64Array;
}

export function centresOf(values: Float32Array, dimension: number): Centres {
  const count = values.length / dimension;
  const halves = Float64Array.from({ length: count }, (_, i) => inner(values, i, values, i, dimension) / 2);
  return { count, values, halves };
}

/**
 * At most k centres of rows (rows x dimension) by k-means, begun with rows drawn far from one another (k-means++) by `next`, a generator of numbers
 * from 0 to below 1: the same for the same numbers. Fewer where fewer rows differ.
 */
export function kMeans(rows: Float32Array, dimension: number, k: number, next: () => number): Centres {
  const count = rows.length / dimension;
  const values: number[] = [];
  const far = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let chosen = Math.floor(next() * count); values.length < Math.min(k, count) && chosen >= 0; ) {
    values.push(chosen);
    let sum = 0;
    for (let row = 0; row < count; row++) {
      far[row] = Math.min(far[row]!, squaredDistance(rows, row, rows, chosen, dimension));
      sum += far[row]!;
    }
    // A row is drawn as often as its squared distance from those that were drawn says.
    let left = next() * sum;
    chosen = -1;
    for (let row = 0; row < count && left >= 0 && sum > 0; row++) {
      left -= far[row]!;
      chosen = row;
    }
  }
  let centres = centresOf(joined(rows, values, dimension), dimension);
  for (let round = 0; round < ROUNDS; round++) centres = moved(rows, centres, dimension);
  return centres;
}

/** Each centre moved to the mean of the rows that are nearest to it; one that is nearest to none stays. */
function moved(rows: Float32Array, centres: Centres, dimension: number): Centres {
  const sums = new Float64Array(centres.values.length);
  const counts = new Uint32Array(centres.count);
  for (let row = 0; row < rows.length / dimension; row++) {
    const centre = nearest(rows, row, centres, 0, centres.count, dimension);
    counts[centre]!++;
    for (let i = 0; i < dimension; i++) sums[centre * dimension + i]! += rows[row * dimension + i]!;
  }
  const values = centres.values.slice();
  for (let i = 0; i < values.length; i++) {
    const own = counts[Math.floor(i / dimension)]!;
    if (own > 0) values[i] = sums[i]! / own;
  }
  return centresOf(values, dimension);
}

/** Which of the centres `from` to before `to` is nearest to a row. */
export function nearest(rows: Float32Array, row: number, { values, halves }: Centres, from: number, to: number, dimension: number): number {
  let [best, most] = [from, Number.NEGATIVE_INFINITY];
  for (let centre = from; centre < to; centre++) {
    const near = inner(rows, row, values, centre, dimension) - halves[centre]!;
    if (near > most) [best, most] = [centre, near];
  }
  return best;
}

/** The inner product of two rows of numbers. Four sums, so that one addition need not wait for another. */
export function inner(a: Float32Array, rowA: number, b: Float32Array, rowB: number, dimension: number): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  let [i, j] = [rowA * dimension, rowB * dimension];
  const end = i + dimension - 3;
  for (; i < end; i += 4, j += 4) {
    one += a[i]! * b[j]!;
    two += a[i + 1]! * b[j + 1]!;
    three += a[i + 2]! * b[j + 2]!;
    four += a[i + 3]! * b[j + 3]!;
  }
  for (; i < end + 3; i++, j++) one += a[i]! * b[j]!;
  return one + two + (three + four);
}

function squaredDistance(a: Float32Array, rowA: number, b: Float32Array, rowB: number, dimension: number): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) sum += (a[rowA * dimension + i]! - b[rowB * dimension + i]!) ** 2;
  return sum;
}

/** Chosen rows, one after the other. */
export function joined(rows: Float32Array, chosen: number[], dimension: number): Float32Array {
  const values = new Float32Array(chosen.length * dimension);
  for (const [i, row] of chosen.entries()) values.set(rows.subarray(row * dimension, (row + 1) * dimension), i * dimension);
  return values;
}
