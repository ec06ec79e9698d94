// Rows that the first plane does not rule out: what is read of them next, and what is kept.

import { bestKnown, keep } from "./bounds";
import * as at from "./layout";
import { dot1, dot8, dots4 } from "./nibbles";

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

/** Scores one row by its first two planes, or by the first while the second has not arrived, and keeps it if it may be among the k best. */
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
    const dot = dot8(load<usize>(shard, at.CODES1) + offset, two + offset, width, load<usize>(job, at.QUERY16));
    score = base + scale * (load<f64>(job, at.STEP2) * dot - load<f64>(job, at.BIAS2));
    slack = <f64>load<f32>(meta, 4) * load<f64>(job, at.ROW_SLACK) + <f64>load<f32>(meta) * load<f64>(job, at.QUERY_SLACK2);
  }
  slack += (abs(score) + abs(base) + slack) * NARROWING + load<f64>(job, at.ROUNDING);
  if (<f32>(score + slack) < bestKnown(job)) return;
  keep(job, thread, <f32>(score - slack));
  const count = load<i32>(thread, at.COUNT);
  const hit = load<usize>(thread, at.FOUND) + <usize>count * at.HIT;
  store<i32>(hit, load<i32>(shard, at.FIRST) + row);
  store<f32>(hit, <f32>score, 4);
  store<f32>(hit, <f32>slack, 8);
  store<i32>(thread, count + 1, at.COUNT);
}

/** Whether the thread has no room for four more hits, what can be dropped having been dropped. */
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

/** Which of four rows' upper bounds reach the bound. Not "less than": a row is passed over only if it is known to be worse. */
// @ts-ignore: decorator
@inline
export function reaching(sums: v128, step: f32, bias: f32, scale: v128, norm: v128, slack: f32, bound: f32): i32 {
  const sum = f32x4.mul(scale, f32x4.add(f32x4.mul(f32x4.splat(step), f32x4.convert_i32x4_s(sums)), f32x4.splat(bias)));
  const upper = f32x4.add(sum, f32x4.mul(norm, f32x4.splat(slack)));
  return i32x4.bitmask(v128.not(f32x4.lt(upper, f32x4.splat(bound))));
}

/** What a query's own codes leave of a score, times a row's norm; a little more, for 32 bits. */
// @ts-ignore: decorator
@inline
export function querySlackOf(job: usize): f32 {
  return <f32>(load<f64>(job, at.QUERY_SLACK1) * (1 + 2 * NARROWING));
}

// @ts-ignore: decorator
@inline
function laneOf(sums: v128, lane: i32): i32 {
  if (lane == 0) return i32x4.extract_lane(sums, 0);
  if (lane == 1) return i32x4.extract_lane(sums, 1);
  return lane == 2 ? i32x4.extract_lane(sums, 2) : i32x4.extract_lane(sums, 3);
}

/**
 * Reads the second plane of those of four rows from `row` on that are `promising`, and settles what may still be among the k best. `sums`
 * are those of their first plane, and there must be room for four more hits.
 */
export function refine(job: usize, thread: usize, shard: usize, row: i32, base: f64, reach: f64, sums: v128, promising: i32): void {
  const width = load<i32>(job, at.WIDTH);
  const query = load<usize>(job, at.QUERY8);
  const codes = load<usize>(shard, at.CODES2) + <usize>row * <usize>width;
  const scales = load<usize>(shard, at.SCALES) + (<usize>row << 2);
  const norms = load<usize>(shard, at.NORMS) + (<usize>row << 2);
  const left8 = <f64>load<f32>(shard, at.SPREAD8) * load<f64>(job, at.SPREAD_SLACK) + load<f64>(job, at.ROUNDING1);
  const step = <f32>load<f64>(job, at.STEP8);
  const bias8 = <f32>(left8 - load<f64>(job, at.BIAS8));
  const slack = querySlackOf(job);
  const bound = leastOf(job, reach);
  store<i32>(thread, load<i32>(thread, at.REFINED) + popcnt(promising), at.REFINED);
  if (popcnt(promising) == 1) {
    // Alone, it is read alone.
    const lane = ctz(promising);
    const sum = (laneOf(sums, lane) << 4) + dot1(codes + <usize>(lane * width), width, query);
    const upper = load<f32>(scales + (lane << 2)) * (step * <f32>sum + bias8) + load<f32>(norms + (lane << 2)) * slack;
    if (!(upper < bound)) settle(job, thread, shard, row + lane, base, 0);
    return;
  }
  const row1 = codes + width;
  const row2 = row1 + width;
  const row3 = row2 + width;
  const scale = v128.load(scales);
  const norm = v128.load(norms);
  const mask = i8x16.splat(15);
  const half = load<i32>(job, at.HALF);
  sums = i32x4.shl(sums, 4);
  if (half > 0) {
    const tail = <f64>load<f32>(shard, at.TAIL) * load<f64>(job, at.TAIL_SLACK);
    const biasHalf = <f32>(left8 + tail - load<f64>(job, at.BIAS_HALF));
    sums = i32x4.add(sums, dots4(codes, row1, row2, row3, 0, half, query, mask));
    promising &= reaching(sums, step, biasHalf, scale, norm, slack, bound);
    if (promising == 0) return;
  }
  sums = i32x4.add(sums, dots4(codes, row1, row2, row3, half, width, query, mask));
  promising &= reaching(sums, step, bias8, scale, norm, slack, bound);
  if (promising & 1) settle(job, thread, shard, row, base, 0);
  if (promising & 2) settle(job, thread, shard, row + 1, base, 0);
  if (promising & 4) settle(job, thread, shard, row + 2, base, 0);
  if (promising & 8) settle(job, thread, shard, row + 3, base, 0);
}
