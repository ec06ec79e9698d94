// The cascade: the first plane of every row decides which rows' second plane is read, both with a query of 8 bits; what is left is scored with
// one of 14, and kept if it may be among the k best.

import { stopped, takeNext } from "./bounds";
import * as at from "./layout";
import { dot1, dot12, dots4, largestSquares } from "./nibbles";
import { compact, full, leastOf, NARROWING, querySlackOf, reaching, refine, settle } from "./promising";

export { compact, dot12, largestSquares };

/** Rows of a slice. A thread takes a slice at a time and looks between two whether it should stop. */
const SLICE_ROWS: i32 = 4096;
/** Rows that a filter keeps of 64, up to which they are scored one by one. */
const SPARSE: i64 = 16;

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
  const norms = load<usize>(shard, at.NORMS);
  const slack = querySlackOf(job);
  let touched = 0;
  for (let i = 0; i < count; i++) {
    const row = load<i32>(thread + (<usize>i << 2), at.KEPT);
    touched += load<u8>(scales + (row << 2)) + load<u8>(norms + (row << 2));
    const first = codes + <usize>row * <usize>width;
    for (let line = 0; line < width; line += 64) touched += load<u8>(first + line);
  }
  store<i32>(thread, touched, at.TOUCHED);
  for (let i = 0; i < count; i++) {
    const row = load<i32>(thread + (<usize>i << 2), at.KEPT);
    const sum = dot1(codes + <usize>row * <usize>width, width, query);
    const upper = load<f32>(scales + (row << 2)) * (step1 * <f32>sum + bias1) + load<f32>(norms + (row << 2)) * slack;
    if (upper < leastOf(job, reach)) continue;
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
  const left = <f64>load<f32>(shard, at.SPREAD) * load<f64>(job, at.SPREAD_SLACK);
  const bias1 = <f32>(left + rounding - load<f64>(job, at.BIAS1));
  const slack = querySlackOf(job);
  const two = load<usize>(shard, at.CODES2);
  const reach = base + abs(base) * NARROWING + load<f64>(job, at.ROUNDING);
  const scales = load<usize>(shard, at.SCALES);
  const norms = load<usize>(shard, at.NORMS);
  const rows = load<i32>(shard, at.ROWS);
  const room = load<i32>(thread, at.ROOM) - 4;
  const filters = load<usize>(job, at.FILTER);
  const filter: usize = filters == 0 ? 0 : filters + load<usize>(shard, at.FILTER_AT);
  const mask = i8x16.splat(15);
  let bound = leastOf(job, reach);
  // The sum over most of a row tells how the whole will be, nearly always: rows that are then far off are not read to their end.
  const head = load<i32>(job, at.HEAD);
  const share = <f32>load<f64>(job, at.SHARE);
  const headBias = <f32>(share * left + rounding - load<f64>(job, at.BIAS_HEAD));
  const headSlack = <f32>load<f64>(job, at.HEAD_SLACK);
  let waiting = 0;
  let codes = load<usize>(shard, at.CODES1) + <usize>row * <usize>width;
  for (; row < end; row += 4, codes += <usize>(width << 2)) {
    let wanted = 15;
    if (filter != 0) {
      if ((row & 63) == 0) {
        const word = load<i64>(filter + (row >> 3));
        const sparse = popcnt(word) <= SPARSE;
        if (sparse) waiting = waitFor(thread, waiting, row, word);
        if (waiting > <i32>SPARSE || (waiting > 0 && !sparse)) {
          if (full(job, thread, room - waiting)) return load<i32>(thread, at.KEPT) & ~63;
          scoreKept(job, thread, shard, base, waiting, step1, bias1, reach);
          waiting = 0;
          bound = leastOf(job, reach);
        }
        if (sparse) {
          row += 60;
          codes += <usize>(width * 60);
          continue;
        }
      }
      wanted = (load<u8>(filter + (row >> 3)) >> (row & 4)) & 15;
      if (wanted == 0) continue;
    }
    const scale = v128.load(scales + (row << 2));
    const norm = v128.load(norms + (row << 2));
    const row1 = codes + width;
    const row2 = row1 + width;
    const row3 = row2 + width;
    let sums = i32x4.splat(0);
    if (head > 0) {
      sums = dots4(codes, row1, row2, row3, 0, head, query, mask);
      if ((reaching(sums, step1, headBias, scale, norm, headSlack, share * bound) & wanted) == 0) continue;
    }
    sums = i32x4.add(sums, dots4(codes, row1, row2, row3, head, width, query, mask));
    let promising = reaching(sums, step1, bias1, scale, norm, slack, bound) & wanted;
    if (promising == 0) continue;
    if (row + 4 > rows) promising &= (1 << (rows - row)) - 1;
    if (full(job, thread, room)) return row;
    if (two != 0) refine(job, thread, shard, row, base, reach, sums, promising);
    else {
      if (promising & 1) settle(job, thread, shard, row, base, i32x4.extract_lane(sums, 0));
      if (promising & 2) settle(job, thread, shard, row + 1, base, i32x4.extract_lane(sums, 1));
      if (promising & 4) settle(job, thread, shard, row + 2, base, i32x4.extract_lane(sums, 2));
      if (promising & 8) settle(job, thread, shard, row + 3, base, i32x4.extract_lane(sums, 3));
    }
    bound = leastOf(job, reach);
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
