import { type Centres, centresOf, inner, joined, kMeans, nearest } from "./k-means";

/** Rows of the sample for each centre: more hardly move it. */
export const SAMPLE_EACH = 64;
/** Groups whose centres are compared with a row: the nearest of all is among them but for few rows. */
const GROUPS_LOOKED_AT = 4;

/** Centres in two levels: about as many groups as each has centres, so that a row is compared with few of them. */
export class Grouping {
  readonly #near: Float64Array;

  private constructor(
    readonly dimension: number,
    readonly groups: Centres,
    readonly centres: Centres,
    /** Where each group's centres begin, and where the last one's end. */
    readonly from: number[],
  ) {
    this.#near = new Float64Array(groups.count);
  }

  /** About `lists` centres of a sample (rows x dimension). */
  static of(sample: Float32Array, dimension: number, lists: number, next: () => number): Grouping {
    const count = sample.length / dimension;
    const groups = kMeans(sample, dimension, Math.round(Math.sqrt(lists)), next);
    const members: number[][] = Array.from({ length: groups.count }, () => []);
    for (let row = 0; row < count; row++) members[nearest(sample, row, groups, 0, groups.count, dimension)]!.push(row);
    const centres: Float32Array[] = [];
    const from = [0];
    for (const own of members) {
      const share = Math.max(1, Math.round((own.length / count) * lists));
      const { values } = own.length > 0 ? kMeans(joined(sample, own, dimension), dimension, share, next) : { values: new Float32Array() };
      centres.push(values);
      from.push(from.at(-1)! + values.length / dimension);
    }
    return new Grouping(dimension, groups, centresOf(Float32Array.from(centres.flatMap((values) => [...values])), dimension), from);
  }

  /** The centre that is nearest to a row, among those of the groups that are nearest to it. */
  nearest(rows: Float32Array, row: number): number {
    const { groups, centres, dimension, from } = this;
    const near = this.#near;
    for (let group = 0; group < near.length; group++)
      near[group] = inner(rows, row, groups.values, group, dimension) - groups.halves[group]!;
    let [best, most] = [0, Number.NEGATIVE_INFINITY];
    for (let looked = 0; looked < Math.min(GROUPS_LOOKED_AT, near.length); looked++) {
      let group = 0;
      for (let other = 1; other < near.length; other++) if (near[other]! > near[group]!) group = other;
      near[group] = Number.NEGATIVE_INFINITY;
      if (from[group] === from[group + 1]) continue;
      const centre = nearest(rows, row, centres, from[group]!, from[group + 1]!, dimension);
      const score = inner(rows, row, centres.values, centre, dimension) - centres.halves[centre]!;
      if (score > most) [best, most] = [centre, score];
    }
    return best;
  }
}
