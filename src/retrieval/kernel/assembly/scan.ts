// The cascade: the first plane of every row decides which rows wait for their second plane to be read (queue.ts), both with a query of 8 bits;
// what is left is scored with one of 14, and kept if it may be among the k best (promising.ts).

import { stopped, takeNext } from "./bounds";
import * as at from "./layout";
import { dot12, dots4 } from "./nibbles";
import { compact, leastOf, NARROWING, querySlackOf, reaching } from "./promising";
import { BATCH, drain, enqueue, prepareDrain, touch, weigh } from "./queue";

export { compact, dot12 };

/** Rows of a slice. A thread takes a slice at a time and looks between two whether it should stop. */
const SLICE_ROWS: i32 = 4096;
/** Rows that a filter keeps of 64, up to which they are gathered before they are scored. */
const SPARSE: i64 = 16;
/** Rows so kept that are worth asking the memory for. Up to SPARSE more may wait (layout.ts has room for as many). */
const KEPT_BATCH: i32 = 48;

/** Puts the rows of a filter's word behind those that wait to be scored; returns how many wait. */
function waitFor(thread: usize, kept: i32, row: i32, word: i64): i32 {
  let entry = thread + at.KEPT + <usize>kept * at.ENTRY;
  for (; word != 0; word &= word - 1, entry += at.ENTRY) store<i64>(entry, <i64>(row + <i32>ctz(word)));
  return <i32>((entry - thread - at.KEPT) / at.ENTRY);
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
  const reach = base + abs(base) * NARROWING + load<f64>(job, at.ROUNDING);
  const one = load<usize>(shard, at.CODES1);
  const scales = load<usize>(shard, at.SCALES);
  const norms = load<usize>(shard, at.NORMS);
  const rows = load<i32>(shard, at.ROWS);
  const filters = load<usize>(job, at.FILTER);
  const filter: usize = filters == 0 ? 0 : filters + load<usize>(shard, at.FILTER_AT);
  const mask = i8x16.splat(15);
  const kept = thread + at.KEPT;
  const queue = thread + at.QUEUE;
  prepareDrain(job, thread, shard);
  let bound = leastOf(job, reach);
  let waiting = load<i32>(thread, at.WAITING);
  let keeping = 0;
  let codes = one + <usize>row * <usize>width;
  while (true) {
    if (keeping >= KEPT_BATCH || (keeping > 0 && (waiting >= BATCH || row >= end))) {
      touch(thread, kept, keeping, scales, 4, 4);
      touch(thread, kept, keeping, norms, 4, 4);
      touch(thread, kept, keeping, one, width, width);
      waiting += weigh(job, shard, kept, keeping, one, width, query, step1, bias1, bound, queue + <usize>waiting * at.ENTRY);
      keeping = 0;
    }
    if (waiting >= BATCH || row >= end) {
      store<i32>(thread, waiting, at.WAITING);
      if (!drain(job, thread, shard, base, reach)) return row;
      if (row >= end) return -1;
      waiting = 0;
      bound = leastOf(job, reach);
    }
    let wanted = 15;
    if (filter != 0) {
      if ((row & 63) == 0) {
        const word = load<i64>(filter + (row >> 3));
        if (popcnt(word) <= SPARSE) {
          keeping = waitFor(thread, keeping, row, word);
          row += 64;
          codes += <usize>(width << 6);
          continue;
        }
      }
      wanted = (load<u8>(filter + (row >> 3)) >> (row & 4)) & 15;
    }
    if (wanted != 0) {
      const row1 = codes + width;
      const row2 = row1 + width;
      const row3 = row2 + width;
      const sums = dots4(codes, row1, row2, row3, width, query, mask);
      const near = reaching(sums, step1, bias1, v128.load(scales + (row << 2)), v128.load(norms + (row << 2)), slack, bound);
      let promising = near & wanted;
      if (promising != 0) {
        if (row + 4 > rows) promising &= (1 << (rows - row)) - 1;
        waiting = enqueue(queue, waiting, row, sums, promising);
      }
    }
    row += 4;
    codes += <usize>(width << 2);
  }
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
