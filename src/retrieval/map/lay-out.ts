import { UMAP } from "umap-js";
import { random } from "../../sample";
import { centresOf } from "../clusters/k-means";
import { neighbours } from "./neighbours";

/** Rows that each is laid beside; with fewer rows than this and itself, all others. */
const NEIGHBOURS = 15;
/** Rounds: more move hardly anything. */
const ROUNDS = 200;
/** How near to one another alike photos come, in UMAP's units: near enough to be told as a group, far enough to be seen one by one. */
const APART = 0.3;
/** So few rows lie as their first two directions say. */
const FEW = 4;
const SEED = 9;

/**
 * Positions (rows x 2) of rows (rows x dimension) such that those that are near stay near (UMAP, arXiv 1802.03426). Begun with the rows' first two
 * numbers, which should be those that differ most: so the whole keeps its shape, too. The same for the same rows. `onRound` hears what share is done.
 */
export function layOut(rows: Float32Array, dimension: number, onRound: (share: number) => void = () => {}): Float32Array {
  const count = rows.length / dimension;
  const begun = Array.from({ length: count }, (_, row) => [0, 1].map((i) => (i < dimension ? rows[row * dimension + i]! : 0)));
  if (count <= FEW) return Float32Array.from(begun.flat());
  const next = random(SEED);
  const k = Math.min(NEIGHBOURS, count - 1);
  const umap = new UMAP({ nNeighbors: k, minDist: APART, nEpochs: ROUNDS, random: next });
  const all = centresOf(rows, dimension);
  const near = begun.map((_, row) => neighbours(rows, row, all, dimension, k));
  umap.setPrecomputedKNN(
    near.map((one) => one.rows),
    near.map(({ distances }) => distances),
  );
  umap.initializeFit(begun);
  const largest = Math.max(...begun.flat().map(Math.abs)) || 1;
  const placed = umap.getEmbedding();
  // As far apart as UMAP begins by itself; equal rows not on the very same place, from which nothing would move them.
  for (const [row, place] of placed.entries()) for (const i of [0, 1]) place[i] = (begun[row]![i]! / largest) * 10 + 0.01 * next();
  for (let round = umap.step(); round < ROUNDS; round = umap.step()) onRound(round / ROUNDS);
  return Float32Array.from(umap.getEmbedding().flat());
}

/** Rows beside which one that was not laid out itself is put. */
const BESIDE = 5;

/** Where rows (rows x dimension) lie among others that have been laid out: between the nearest of those, nearer to the nearer. */
export function layAmong(rows: Float32Array, laid: { rows: Float32Array; positions: Float32Array }, dimension: number): Float32Array {
  const others = centresOf(laid.rows, dimension);
  const positions = new Float32Array((rows.length / dimension) * 2);
  for (let row = 0; row < rows.length / dimension; row++) {
    const { rows: near, distances } = neighbours(rows, row, others, dimension, BESIDE);
    const [first, last] = [distances[0]!, distances.at(-1)!];
    // The nearest counts e times as much as the last of them.
    const weights = distances.map((distance) => (last > first ? Math.exp((first - distance) / (last - first)) : 1));
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const i of [0, 1]) positions[row * 2 + i] = near.reduce((at, one, n) => at + weights[n]! * laid.positions[one * 2 + i]!, 0) / sum;
  }
  return positions;
}

/** Positions (rows x 2) as whole numbers, each axis from 0 to 65535; in the middle where they do not differ. */
export function scaledTo16(positions: Float32Array): Uint16Array {
  const whole = new Uint16Array(positions.length);
  for (const axis of [0, 1]) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = axis; i < positions.length; i += 2) [least, most] = [Math.min(least, positions[i]!), Math.max(most, positions[i]!)];
    for (let i = axis; i < positions.length; i += 2) {
      whole[i] = most > least ? Math.round(((positions[i]! - least) / (most - least)) * 65535) : 32768;
    }
  }
  return whole;
}
