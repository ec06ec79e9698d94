// The cascade: the first plane of every row decides which rows' second plane is read, both with a query of 8 bits; what is left is scored with
// one of 14, and kept if it may be among the k best.

import { bestKnown, keep, stopped, takeNext } from "./bounds";
import * as at from "./layout";
import { dot1, dot8, dot12, dots4 } from "./nibbles";

export { dot8, dot12 };

/** Rows of a slice. A thread takes a slice at a time and looks between two whether it should stop. */
const SLICE_ROWS: i32 = 4096;
/** Rows that a filter keeps of 64, up to which they are scored one by one. */
const SPARSE: i64 = 16;
/** What rounding to 32 bits may cost of a number. */
const NARROWING: f64 = 1.3e-7;

/** Drops what cannot be among the k best any more. */
function compact(job: usize, thread: usize): void {
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
function settle(job: usize, thread: usize, shard: usize, row: i32, base: f64, sum: i32): void {
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
function full(job: usize, thread: usize, room: i32): bool {
  if (load<i32>(thread, at.COUNT) <= room) return false;
  compact(job, thread);
  return load<i32>(thread, at.COUNT) > room;
}

// @ts-ignore: decorator
@inline
function laneOf(sums: v128, lane: i32): i32 {
  if (lane == 0) return i32x4.extract_lane(sums, 0);
  if (lane == 1) return i32x4.extract_lane(sums, 1);
  return lane == 2 ? i32x4.extract_lane(sums, 2) : i32x4.extract_lane(sums, 3);
}

/** What a row's scaled sum must reach to be looked at closer, a little less for safety. */
// @ts-ignore: decorator
@inline
function leastOf(job: usize, reach: f64): f32 {
  const least = <f64>bestKnown(job) - reach;
  return <f32>(least - abs(least) * NARROWING);
}

/** Which of four rows' upper bounds reach the bound. Not "less than": a row is passed over only if it is known to be worse. */
// @ts-ignore: decorator
@inline
function reaching(sums: v128, step: f32, bias: f32, scale: v128, bound: f32): i32 {
  const upper = f32x4.mul(scale, f32x4.add(f32x4.mul(f32x4.splat(step), f32x4.convert_i32x4_s(sums)), f32x4.splat(bias)));
  return i32x4.bitmask(v128.not(f32x4.lt(upper, f32x4.splat(bound))));
}

/** Puts the rows of a filter's word behind those that wait; returns how many wait. */
function waitFor(thread: usize, waiting: i32, row: i32, word: i64): i32 {
  for (; word != 0; word &= word - 1) {
    store<i32>(thread + (<usize>waiting << 2), row + <i32>ctz(word), at.KEPT);
    waiting++;
  }
  return waiting;
}

/** Scores rows at random places. Their memory is asked for all at once first: waiting for one after the other is most of their time. */
function scoreKept(job: usize, thread: usize, shard: usize, base: f64, count: i32, step1: f32, bias1: f32, reach: f64): void {
  const width = load<i32>(job, at.WIDTH);
  const query = load<usize>(job, at.QUERY8);
  const codes = load<usize>(shard, at.CODES1);
  const scales = load<usize>(shard, at.SCALES);
  let touched = 0;
  for (let i = 0; i < count; i++) {
    const row = load<i32>(thread + (<usize>i << 2), at.KEPT);
    touched += load<u8>(scales + (row << 2));
    const first = codes + <usize>row * <usize>width;
    for (let line = 0; line < width; line += 64) touched += load<u8>(first + line);
  }
  store<i32>(thread, touched, at.TOUCHED);
  for (let i = 0; i < count; i++) {
    const row = load<i32>(thread + (<usize>i << 2), at.KEPT);
    const sum = dot1(codes + <usize>row * <usize>width, width, query);
    if (load<f32>(scales + (row << 2)) * (step1 * <f32>sum + bias1) < leastOf(job, reach)) continue;
    store<i32>(thread, load<i32>(thread, at.REFINED) + 1, at.REFINED);
    settle(job, thread, shard, row, base, sum);
  }
}

/** Rows `row` to the slice's end. Returns the row at which there was no more room, or -1. */
function slice(job: usize, thread: usize, shard: usize, number: i32, row: i32, end: i32): i32 {
  const width = load<i32>(job, at.WIDTH);
  const query = load<usize>(job, at.QUERY8);
  const base = load<f64>(load<usize>(job, at.BASES) + (number << 3));
  const step1 = <f32>load<f64>(job, at.STEP1);
  const rounding = load<f64>(job, at.ROUNDING1);
  const bias1 = <f32>(<f64>load<f32>(shard, at.SPREAD) * load<f64>(job, at.SPREAD_SLACK) + rounding - load<f64>(job, at.BIAS1));
  const step8 = <f32>load<f64>(job, at.STEP8);
  const bias8 = <f32>(<f64>load<f32>(shard, at.SPREAD8) * load<f64>(job, at.SPREAD_SLACK) + rounding - load<f64>(job, at.BIAS8));
  const two = load<usize>(shard, at.CODES2);
  const reach =
    base + abs(base) * NARROWING + <f64>load<f32>(shard, at.LARGEST) * load<f64>(job, at.QUERY_SLACK1) + load<f64>(job, at.ROUNDING);
  const scales = load<usize>(shard, at.SCALES);
  const rows = load<i32>(shard, at.ROWS);
  const room = load<i32>(thread, at.ROOM) - 4;
  const filters = load<usize>(job, at.FILTER);
  const filter: usize = filters == 0 ? 0 : filters + load<usize>(shard, at.FILTER_AT);
  const mask = i8x16.splat(15);
  let bound = leastOf(job, reach);
  // The sum over most of a row tells how the whole will be, nearly always: rows that are then far off are not read to their end.
  const head = load<i32>(job, at.HEAD);
  const share = load<f64>(job, at.SHARE);
  const headBias = <f32>(share * load<f32>(shard, at.SPREAD) * load<f64>(job, at.SPREAD_SLACK) + rounding - load<f64>(job, at.BIAS_HEAD));
  const headSlack = <f64>load<f32>(shard, at.LARGEST) * load<f64>(job, at.HEAD_SLACK);
  let headBound = <f32>(share * bound - headSlack);
  let waiting = 0;
  let codes = load<usize>(shard, at.CODES1) + <usize>row * <usize>width;
  for (; row < end; row += 4, codes += <usize>(width << 2)) {
    let wanted = 15;
    if (filter != 0) {
      if ((row & 63) == 0) {
        const word = load<i64>(filter + (row >> 3));
        if (popcnt(word) <= SPARSE) {
          waiting = waitFor(thread, waiting, row, word);
          if (waiting > <i32>SPARSE) {
            if (full(job, thread, room - waiting)) return load<i32>(thread, at.KEPT) & ~63;
            scoreKept(job, thread, shard, base, waiting, step1, bias1, reach);
            waiting = 0;
            bound = leastOf(job, reach);
          }
          row += 60;
          codes += <usize>(width * 60);
          continue;
        }
        if (waiting > 0) {
          if (full(job, thread, room - waiting)) return load<i32>(thread, at.KEPT) & ~63;
          scoreKept(job, thread, shard, base, waiting, step1, bias1, reach);
          waiting = 0;
          bound = leastOf(job, reach);
        }
      }
      wanted = (load<u8>(filter + (row >> 3)) >> (row & 4)) & 15;
      if (wanted == 0) continue;
    }
    const scale = v128.load(scales + (row << 2));
    let sums = i32x4.splat(0);
    if (head > 0) {
      sums = dots4(codes, 0, head, width, query, mask);
      if ((reaching(sums, step1, headBias, scale, headBound) & wanted) == 0) continue;
    }
    sums = i32x4.add(sums, dots4(codes, head, width, width, query, mask));
    let promising = reaching(sums, step1, bias1, scale, bound) & wanted;
    if (promising == 0) continue;
    if (row + 4 > rows) promising &= (1 << (rows - row)) - 1;
    if (two != 0) {
      const count = popcnt(promising);
      store<i32>(thread, load<i32>(thread, at.REFINED) + count, at.REFINED);
      if (count == 1) {
        // Alone, it is read alone.
        const one = row + ctz(promising);
        const sum = (laneOf(sums, one - row) << 4) + dot1(two + <usize>one * <usize>width, width, query);
        if (load<f32>(scales + (one << 2)) * (step8 * <f32>sum + bias8) < bound) continue;
        if (full(job, thread, room)) return row;
        settle(job, thread, shard, one, base, 0);
        bound = leastOf(job, reach);
        headBound = <f32>(share * bound - headSlack);
        continue;
      }
      const lower = dots4(two + <usize>row * <usize>width, 0, width, width, query, mask);
      promising &= reaching(i32x4.add(i32x4.shl(sums, 4), lower), step8, bias8, scale, bound);
      if (promising == 0) continue;
    }
    if (full(job, thread, room)) return row;
    if (promising & 1) settle(job, thread, shard, row, base, i32x4.extract_lane(sums, 0));
    if (promising & 2) settle(job, thread, shard, row + 1, base, i32x4.extract_lane(sums, 1));
    if (promising & 4) settle(job, thread, shard, row + 2, base, i32x4.extract_lane(sums, 2));
    if (promising & 8) settle(job, thread, shard, row + 3, base, i32x4.extract_lane(sums, 3));
    bound = leastOf(job, reach);
    headBound = <f32>(share * bound - headSlack);
  }
  if (waiting > 0) {
    if (full(job, thread, room - waiting)) return load<i32>(thread, at.KEPT) & ~63;
    scoreKept(job, thread, shard, base, waiting, step1, bias1, reach);
  }
  return -1;
}

/**
 * Takes slices until none is left, at most `most` of them. Returns 0 when there is nothing left to take or the job was stopped, 1 after
 * `most` slices, 2 when the thread's room is full (its hits must be moved to a larger place before it goes on).
 */
export function work(job: usize, thread: usize, most: i32): i32 {
  for (let done = 0; done < most; done++) {
    if (stopped(job)) return 0;
    let number = load<i32>(thread, at.SLICE);
    let row: i32;
    if (number >= 0) {
      row = load<i32>(thread, at.AT);
      store<i32>(thread, -1, at.SLICE);
    } else {
      number = takeNext(job);
      if (number >= load<i32>(job, at.SLICES)) return 0;
      row = load<i32>(load<usize>(job, at.SLICE_TABLE) + (number << 3), 4);
    }
    const place = load<usize>(job, at.SLICE_TABLE) + (number << 3);
    const shard = load<usize>(job, at.SHARDS) + <usize>load<i32>(place) * at.SHARD;
    const end = min(load<i32>(place, 4) + SLICE_ROWS, load<i32>(shard, at.ROWS));
    const left = slice(job, thread, shard, load<i32>(place), row, end);
    if (left >= 0) {
      store<i32>(thread, number, at.SLICE);
      store<i32>(thread, left, at.AT);
      return 2;
    }
  }
  return 1;
}
