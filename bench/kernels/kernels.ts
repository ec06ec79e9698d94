// AssemblyScript (bundle.mjs compiles it): the limit a one-pass 8-bit scan is bound by, and the plain scan itself.

/** Reads `bytes` once (a multiple of 64) and adds up their 64-bit lanes, one vector at a time. */
export function readOne(at: usize, bytes: usize): i64 {
  let sum = i64x2.splat(0);
  for (const end = at + bytes; at < end; at += 16) sum = i64x2.add(sum, v128.load(at));
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
}

/** The same, four vectors at a time, each with a sum of its own. */
export function readFour(at: usize, bytes: usize): i64 {
  let a = i64x2.splat(0);
  let b = i64x2.splat(0);
  let c = i64x2.splat(0);
  let d = i64x2.splat(0);
  for (const end = at + bytes; at < end; at += 64) {
    a = i64x2.add(a, v128.load(at));
    b = i64x2.add(b, v128.load(at, 16));
    c = i64x2.add(c, v128.load(at, 32));
    d = i64x2.add(d, v128.load(at, 48));
  }
  const sum = i64x2.add(i64x2.add(a, b), i64x2.add(c, d));
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
}

/**
 * The best `k` of the rows first .. last - 1 by 8-bit codes and a query in 7 bits, best first, equal scores by row.
 *
 * relaxed_dot wants its second operand within 0..127: the query's codes are stored plus 64, and `sums` (64 times the sum of a
 * row's codes) is taken off again. `scales` gives each row's scale; the query's changes no order. Writes k scores and k rows at
 * `best`; places left over hold the lowest f32.
 */
export function scan(codes: usize, scales: usize, sums: usize, first: i32, last: i32, width: i32, query: usize, k: i32, best: usize): void {
  const bestRows = best + (k << 2);
  for (let i = 0; i < k; i++) store<f32>(best + (i << 2), -f32.MAX_VALUE);
  const lowest = best + ((k - 1) << 2);
  codes += <usize>first * width;
  for (let row = first; row < last; row++) {
    let even = i32x4.splat(0);
    let odd = i32x4.splat(0);
    for (let i = 0; i < width; i += 32) {
      even = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(codes + i), v128.load(query + i), even);
      odd = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(codes + i, 16), v128.load(query + i, 16), odd);
    }
    codes += width;
    const sum = i32x4.add(even, odd);
    const dot = i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
    const score = <f32>(dot - load<i32>(sums + (row << 2))) * load<f32>(scales + (row << 2));
    if (score > load<f32>(lowest)) insert(best, bestRows, k, score, row);
  }
}

function insert(scores: usize, rows: usize, k: i32, score: f32, row: i32): void {
  let i = k - 1;
  for (; i > 0 && score > load<f32>(scores + ((i - 1) << 2)); i--) {
    store<f32>(scores + (i << 2), load<f32>(scores + ((i - 1) << 2)));
    store<i32>(rows + (i << 2), load<i32>(rows + ((i - 1) << 2)));
  }
  store<f32>(scores + (i << 2), score);
  store<i32>(rows + (i << 2), row);
}
