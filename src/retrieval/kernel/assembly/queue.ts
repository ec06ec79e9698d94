// Rows that wait to be read at places that no prefetcher foresees: gathered until their memory can be asked for all at once, and read on
// block by block for as long as they may be among the best.

import { bestKnown } from "./bounds";
import * as at from "./layout";
import { dots4 } from "./nibbles";
import { full, leastOf, querySlackOf, reaching, settle } from "./promising";

/** Rows that are worth a drain. A queue holds these and what a filter adds at once (layout.ts). */
export const BATCH: i32 = 64;

/** Appends those of four rows from `row` on that are `wanted`; returns how many entries there are. No branch: which of them is anyone's guess. */
// @ts-ignore: decorator
@inline
export function enqueue(list: usize, count: i32, row: i32, sums: v128, wanted: i32): i32 {
  let entry = list + <usize>count * at.ENTRY;
  store<i32>(entry, row);
  v128.store_lane<i32>(entry, sums, 0, 4);
  entry += <usize>(wanted & 1) * at.ENTRY;
  store<i32>(entry, row + 1);
  v128.store_lane<i32>(entry, sums, 1, 4);
  entry += <usize>((wanted >> 1) & 1) * at.ENTRY;
  store<i32>(entry, row + 2);
  v128.store_lane<i32>(entry, sums, 2, 4);
  entry += <usize>((wanted >> 2) & 1) * at.ENTRY;
  store<i32>(entry, row + 3);
  v128.store_lane<i32>(entry, sums, 3, 4);
  return count + popcnt(wanted);
}

/** Asks for `bytes` bytes at `codes` of every entry's row: waiting for one after the other would be most of their time. */
export function touch(thread: usize, list: usize, count: i32, codes: usize, width: i32, bytes: i32): void {
  let touched = 0;
  for (const end = list + <usize>count * at.ENTRY; list < end; list += at.ENTRY) {
    const row = codes + <usize>load<i32>(list) * <usize>width;
    for (let line = 0; line < bytes; line += at.BLOCK) touched += load<u8>(row + line);
  }
  store<i32>(thread, touched, at.TOUCHED);
}

/**
 * Adds to the entries' sums what `bytes` bytes at `codes` of their rows give; those whose upper bounds still reach the bound are written to
 * `into`, which may be the list itself. Returns how many. There must be room behind the list for three entries.
 */
export function weigh(
  job: usize,
  shard: usize,
  list: usize,
  count: i32,
  codes: usize,
  bytes: i32,
  query: usize,
  step: f32,
  bias: f32,
  bound: f32,
  into: usize,
): i32 {
  const width = load<i32>(job, at.WIDTH);
  const scales = load<usize>(shard, at.SCALES);
  const norms = load<usize>(shard, at.NORMS);
  const slack = querySlackOf(job);
  const mask = i8x16.splat(15);
  const end = list + <usize>count * at.ENTRY;
  const last = load<i64>(end - at.ENTRY);
  for (let behind: usize = 0; behind < 3 * at.ENTRY; behind += at.ENTRY) store<i64>(end + behind, last);
  const first = into;
  for (; list < end; list += 4 * at.ENTRY) {
    const a = v128.load(list);
    const b = v128.load(list, 16);
    const rows = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    const row0 = <usize>i32x4.extract_lane(rows, 0);
    const row1 = <usize>i32x4.extract_lane(rows, 1);
    const row2 = <usize>i32x4.extract_lane(rows, 2);
    const row3 = <usize>i32x4.extract_lane(rows, 3);
    const w = <usize>width;
    const dots = dots4(codes + row0 * w, codes + row1 * w, codes + row2 * w, codes + row3 * w, bytes, query, mask);
    const sums = i32x4.add(v128.shuffle<i32>(a, b, 1, 3, 5, 7), dots);
    const wanted = reaching(sums, step, bias, gathered(scales, row0, row1, row2, row3), gathered(norms, row0, row1, row2, row3), slack, bound);
    const c = v128.shuffle<i32>(rows, sums, 0, 4, 1, 5);
    const d = v128.shuffle<i32>(rows, sums, 2, 6, 3, 7);
    const left = <i32>((end - list) / at.ENTRY);
    const kept = left < 4 ? wanted & ((1 << left) - 1) : wanted;
    v128.store_lane<i64>(into, c, 0);
    into += <usize>(kept & 1) * at.ENTRY;
    v128.store_lane<i64>(into, c, 1);
    into += <usize>((kept >> 1) & 1) * at.ENTRY;
    v128.store_lane<i64>(into, d, 0);
    into += <usize>((kept >> 2) & 1) * at.ENTRY;
    v128.store_lane<i64>(into, d, 1);
    into += <usize>((kept >> 3) & 1) * at.ENTRY;
  }
  return <i32>((into - first) / at.ENTRY);
}

/** Four floats of an array. */
// @ts-ignore: decorator
@inline
function gathered(array: usize, row0: usize, row1: usize, row2: usize, row3: usize): v128 {
  let values = v128.load_splat<f32>(array + (row0 << 2));
  values = v128.load_lane<f32>(array + (row1 << 2), values, 1);
  values = v128.load_lane<f32>(array + (row2 << 2), values, 2);
  return v128.load_lane<f32>(array + (row3 << 2), values, 3);
}

/** Works out what `drain` needs of the job and the shard. */
export function prepareDrain(job: usize, thread: usize, shard: usize): void {
  const spread4 = <f64>load<f32>(shard, at.SPREAD);
  const spread8 = <f64>load<f32>(shard, at.SPREAD8);
  const rounding = load<f64>(job, at.ROUNDING1);
  const blocks = load<i32>(job, at.WIDTH) / at.BLOCK;
  let stage = load<usize>(job, at.STAGES);
  for (let block = 0; block < blocks; block++, stage += at.STAGE) {
    const left = spread8 * load<f64>(stage, 8) + spread4 * load<f64>(stage, 16);
    store<f32>(thread + (<usize>block << 2), <f32>(left + rounding - load<f64>(stage)), at.BIASES);
  }
}

/**
 * Reads the second plane of the rows that wait, a block at a time and of fewer rows each time, and settles what reaches the bound after all.
 * False, and nothing done, while there is no room for what may be found.
 */
export function drain(job: usize, thread: usize, shard: usize, base: f64, reach: f64): bool {
  let count = load<i32>(thread, at.WAITING);
  if (count == 0) return true;
  if (full(job, thread, load<i32>(thread, at.ROOM) - count)) return false;
  let queue = thread + at.QUEUE;
  if (load<usize>(shard, at.CODES2) != 0) {
    store<i32>(thread, load<i32>(thread, at.REFINED) + count, at.REFINED);
    if (bestKnown(job) == -Infinity) {
      // Nothing is ruled out before k rows are settled: the k that look best rule out most.
      const ahead = min(count, load<i32>(job, at.K));
      if (ahead < count) bestAhead(job, shard, queue, count, ahead);
      touch(thread, queue, ahead, load<usize>(shard, at.CODES2), load<i32>(job, at.WIDTH), load<i32>(job, at.WIDTH));
      settleAll(job, thread, shard, queue, ahead, base);
      queue += <usize>ahead * at.ENTRY;
      count -= ahead;
    }
    count = narrow(job, thread, shard, queue, count, reach);
  }
  settleAll(job, thread, shard, queue, count, base);
  store<i32>(thread, 0, at.WAITING);
  return true;
}

function settleAll(job: usize, thread: usize, shard: usize, entry: usize, count: i32, base: f64): void {
  for (const end = entry + <usize>count * at.ENTRY; entry < end; entry += at.ENTRY) {
    settle(job, thread, shard, load<i32>(entry), base, load<i32>(entry, 4));
  }
}

/** Brings the `ahead` entries of the highest scores by the first plane to the front. */
function bestAhead(job: usize, shard: usize, queue: usize, count: i32, ahead: i32): void {
  const end = queue + <usize>count * at.ENTRY;
  for (let place = queue; ahead > 0 && place + at.ENTRY < end; ahead--, place += at.ENTRY) {
    let best = place;
    let highest = scoreOf(job, shard, place);
    for (let entry = place + at.ENTRY; entry < end; entry += at.ENTRY) {
      const score = scoreOf(job, shard, entry);
      if (score <= highest) continue;
      highest = score;
      best = entry;
    }
    const moved = load<i64>(place);
    store<i64>(place, load<i64>(best));
    store<i64>(best, moved);
  }
}

// @ts-ignore: decorator
@inline
function scoreOf(job: usize, shard: usize, entry: usize): f64 {
  const scale = <f64>load<f32>(load<usize>(shard, at.SCALES) + (<usize>load<i32>(entry) << 2));
  return scale * (load<f64>(job, at.STEP1) * <f64>load<i32>(entry, 4) - load<f64>(job, at.BIAS1));
}

/** Leaves of the queue what still reaches the bound when all of its second plane is read; returns how many entries. */
function narrow(job: usize, thread: usize, shard: usize, queue: usize, count: i32, reach: f64): i32 {
  const width = load<i32>(job, at.WIDTH);
  const query = load<usize>(job, at.QUERY8);
  const step = <f32>load<f64>(job, at.STEP8);
  let codes = load<usize>(shard, at.CODES2);
  for (let entry = queue, end = queue + <usize>count * at.ENTRY; entry < end; entry += at.ENTRY) {
    store<i32>(entry, load<i32>(entry, 4) << 4, 4);
  }
  for (let block = 0; block * at.BLOCK < width && count > 0; block++, codes += at.BLOCK) {
    const bias = load<f32>(thread + (<usize>block << 2), at.BIASES);
    touch(thread, queue, count, codes, width, at.BLOCK);
    const here = query + <usize>(block * 2 * at.BLOCK);
    count = weigh(job, shard, queue, count, codes, at.BLOCK, here, step, bias, leastOf(job, reach), queue);
  }
  return count;
}
