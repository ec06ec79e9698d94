// Rows that the first plane does not rule out: what is read of them next, and what is kept.

import { bestKnown, keep } from "./bounds";
import * as at from "./layout";
import { dot8, dot12 } from "./nibbles";

/** What rounding to 32 bits may cost of a number. */
export const NARROWING: f64 = 1.3e-7;

/** Drops what cannot be among the k best any more. */
export function compact(job: usize, thread: usize): void {
  const best = bestKnown(job);
  const found = load<usize>(thread, at.FOUND);
  const end = found + <usize>load<i32>(thread, at.COUNT) * at.HIT;
  let to = found;
  for (let hit = found; hit < end; hit += at.HIT) {
    const score = load<f32>(hit, 4);
    const slack = load<f32>(hit, 8);
    if (score + slack < best) continue;
    store<i32>(to, load<i32>(hit));
    store<f32>(to, score, 4);
    store<f32>(to, slack, 8);
    to += at.HIT;
  }
  store<i32>(thread, <i32>((to - found) / at.HIT), at.COUNT);
}

/**
 * Scores one row by its first two planes and, if it is likely to be among the k best, by all three, and keeps it if it may be; by fewer
 * planes while the others have not arrived.
 */
export function settle(job: usize, thread: usize, shard: usize, row: i32, base: f64, sum: i32): void {
  const scale = <f64>load<f32>(load<usize>(shard, at.SCALES) + (row << 2));
  let score: f64;
  let slack: f64;
  const two = load<usize>(shard, at.CODES2);
  if (two == 0) {
    score = base + scale * (load<f64>(job, at.STEP1) * <f64>sum - load<f64>(job, at.BIAS1));
    slack =
      scale * (<f64>load<f32>(shard, at.SPREAD) * load<f64>(job, at.SPREAD_SLACK)) +
      <f64>load<f32>(shard, at.LARGEST) * load<f64>(job, at.QUERY_SLACK1);
  } else {
    const width = load<i32>(job, at.WIDTH);
    const offset = <usize>row * <usize>width;
    const meta = load<usize>(shard, at.META) + <usize>row * at.META_ROW;
    const one = load<usize>(shard, at.CODES1) + offset;
    const dot = dot8(one, two + offset, width, load<usize>(job, at.QUERY16));
    score = base + scale * (load<f64>(job, at.STEP2) * dot - load<f64>(job, at.BIAS2));
    slack = <f64>load<f32>(meta, 4) * load<f64>(job, at.ROW_SLACK) + <f64>load<f32>(meta) * load<f64>(job, at.QUERY_SLACK2);
    const three = load<usize>(shard, at.CODES3);
    // The bounds of the best rows are what all others must reach: the closer the better.
    if (three != 0 && <f32>score > bestKnown(job)) {
      score = base + scale * load<f64>(job, at.STEP3) * dot12(one, two + offset, three + offset, width, load<usize>(job, at.QUERY32));
      slack = <f64>load<f32>(meta, 8) * load<f64>(job, at.ROW_SLACK) + <f64>load<f32>(meta) * load<f64>(job, at.ROUNDING3);
    }
  }
  slack = allowing(job, score, base, slack);
  if (<f32>(score + slack) < bestKnown(job)) return;
  keep(job, thread, <f32>(score - slack));
  const count = load<i32>(thread, at.COUNT);
  const hit = load<usize>(thread, at.FOUND) + <usize>count * at.HIT;
  store<i32>(hit, load<i32>(shard, at.FIRST) + row);
  store<f32>(hit, <f32>score, 4);
  store<f32>(hit, <f32>slack, 8);
  store<i32>(thread, count + 1, at.COUNT);
}

/** A score's slack with what rounding adds to it. */
// @ts-ignore: decorator
@inline
function allowing(job: usize, score: f64, base: f64, slack: f64): f64 {
  return slack + (abs(score) + abs(base) + slack) * NARROWING + load<f64>(job, at.ROUNDING);
}

/** Whether the thread has more than `room` hits, what can be dropped having been dropped. */
export function full(job: usize, thread: usize, room: i32): bool {
  if (load<i32>(thread, at.COUNT) <= room) return false;
  compact(job, thread);
  return load<i32>(thread, at.COUNT) > room;
}

/** What a row's sum must reach to be looked at closer, a little less for safety. */
// @ts-ignore: decorator
@inline
export function leastOf(job: usize, reach: f64): f32 {
  const least = <f64>bestKnown(job) - reach;
  return <f32>(least - abs(least) * NARROWING);
}

/** What a query's own codes leave of a score, times a row's norm; a little more, for 32 bits. */
// @ts-ignore: decorator
@inline
export function querySlackOf(job: usize): f32 {
  return <f32>(load<f64>(job, at.QUERY_SLACK1) * (1 + 2 * NARROWING));
}

/**
 * Which of four rows' upper bounds reach the bound; `scales` and `norms` are theirs. Not "less than": a row is passed over only if it is
 * known to be worse.
 */
// @ts-ignore: decorator
@inline
export function reaching(sums: v128, step: f32, bias: f32, scales: v128, norms: v128, slack: f32, bound: f32): i32 {
  const sum = f32x4.mul(scales, f32x4.add(f32x4.mul(f32x4.splat(step), f32x4.convert_i32x4_s(sums)), f32x4.splat(bias)));
  const upper = f32x4.add(sum, f32x4.mul(norms, f32x4.splat(slack)));
  return i32x4.bitmask(v128.not(f32x4.lt(upper, f32x4.splat(bound))));
}
