// Dot products of 4-bit codes with an 8-bit query, four rows at a time. Two builds, one result: with relaxed SIMD (the codes are its 7-bit
// operand, so nothing saturates) and without.

// @ts-ignore: decorator
@inline
function products(query: v128, codes: v128): v128 {
  if (isDefined(ASC_FEATURE_RELAXED_SIMD) && ASC_FEATURE_RELAXED_SIMD) return i16x8.relaxed_dot_i8x16_i7x16_s(query, codes);
  return i16x8.add(i16x8.extmul_low_i8x16_s(query, codes), i16x8.extmul_high_i8x16_s(query, codes));
}

/** 16-bit sums of the products of 32 codes (16 bytes, low nibbles first): at most twice 2 * 15 * 127, so that four of them fit together. */
// @ts-ignore: decorator
@inline
function sixteen(codes: v128, q0: v128, q1: v128, mask: v128): v128 {
  const low = v128.and(codes, mask);
  // A shift of 16-bit lanes and the same mask: engines make a mask of their own, anew each time, for a shift of bytes.
  const high = v128.and(i16x8.shr_u(codes, 4), mask);
  return i16x8.add(products(q0, low), products(q1, high));
}

// @ts-ignore: decorator
@inline
function step(sums: v128, codes: v128, q0: v128, q1: v128, mask: v128): v128 {
  return i16x8.add(sums, sixteen(codes, q0, q1, mask));
}

/** Sums of four rows of `width` bytes: lane r is row r's. `mask` is 15 in every byte. */
// @ts-ignore: decorator
@inline
export function dots4(row0: usize, row1: usize, row2: usize, row3: usize, width: i32, query: usize, mask: v128): v128 {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  let s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0);
  for (let i: usize = 0; i < <usize>width; i += 64) {
    const q = query + (i << 1);
    let q0 = v128.load(q);
    let q1 = v128.load(q, 16);
    let a0 = sixteen(v128.load(row0 + i), q0, q1, mask);
    let a1 = sixteen(v128.load(row1 + i), q0, q1, mask);
    let a2 = sixteen(v128.load(row2 + i), q0, q1, mask);
    let a3 = sixteen(v128.load(row3 + i), q0, q1, mask);
    q0 = v128.load(q, 32);
    q1 = v128.load(q, 48);
    a0 = step(a0, v128.load(row0 + i, 16), q0, q1, mask);
    a1 = step(a1, v128.load(row1 + i, 16), q0, q1, mask);
    a2 = step(a2, v128.load(row2 + i, 16), q0, q1, mask);
    a3 = step(a3, v128.load(row3 + i, 16), q0, q1, mask);
    q0 = v128.load(q, 64);
    q1 = v128.load(q, 80);
    a0 = step(a0, v128.load(row0 + i, 32), q0, q1, mask);
    a1 = step(a1, v128.load(row1 + i, 32), q0, q1, mask);
    a2 = step(a2, v128.load(row2 + i, 32), q0, q1, mask);
    a3 = step(a3, v128.load(row3 + i, 32), q0, q1, mask);
    q0 = v128.load(q, 96);
    q1 = v128.load(q, 112);
    a0 = step(a0, v128.load(row0 + i, 48), q0, q1, mask);
    a1 = step(a1, v128.load(row1 + i, 48), q0, q1, mask);
    a2 = step(a2, v128.load(row2 + i, 48), q0, q1, mask);
    a3 = step(a3, v128.load(row3 + i, 48), q0, q1, mask);
    s0 = i32x4.add(s0, i32x4.extadd_pairwise_i16x8_s(a0));
    s1 = i32x4.add(s1, i32x4.extadd_pairwise_i16x8_s(a1));
    s2 = i32x4.add(s2, i32x4.extadd_pairwise_i16x8_s(a2));
    s3 = i32x4.add(s3, i32x4.extadd_pairwise_i16x8_s(a3));
  }
  // Transposed: lane r of the sum is row r's four partial sums.
  const u = i32x4.add(v128.shuffle<i32>(s0, s1, 0, 4, 1, 5), v128.shuffle<i32>(s0, s1, 2, 6, 3, 7));
  const v = i32x4.add(v128.shuffle<i32>(s2, s3, 0, 4, 1, 5), v128.shuffle<i32>(s2, s3, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i32>(u, v, 0, 1, 4, 5), v128.shuffle<i32>(u, v, 2, 3, 6, 7));
}

// @ts-ignore: decorator
@inline
function total(sums: v128): i32 {
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

// @ts-ignore: decorator
@inline
function step16(sums: v128, codes: v128, query: usize, mask: v128): v128 {
  const low = v128.and(codes, mask);
  const high = v128.and(i16x8.shr_u(codes, 4), mask);
  const one = i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), v128.load(query)),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), v128.load(query, 16)),
  );
  const other = i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), v128.load(query, 32)),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), v128.load(query, 48)),
  );
  return i32x4.add(sums, i32x4.add(one, other));
}

/** Sum of a row's first eight bits, 0..255, with a query of 14 bits; both planes' sums stay below 2^28 up to 2048 dimensions. */
export function dot8(one: usize, two: usize, width: i32, query: usize): f64 {
  let first = i32x4.splat(0);
  let second = i32x4.splat(0);
  const mask = i8x16.splat(15);
  for (let i: usize = 0; i < <usize>width; i += 16) {
    const q = query + (i << 2);
    first = step16(first, v128.load(one + i), q, mask);
    second = step16(second, v128.load(two + i), q, mask);
  }
  return 16 * <f64>total(first) + <f64>total(second);
}

// @ts-ignore: decorator
@inline
function floats(bytes: v128, part: i32): v128 {
  const half = part < 2 ? i16x8.extend_low_i8x16_u(bytes) : i16x8.extend_high_i8x16_u(bytes);
  return f32x4.convert_i32x4_s((part & 1) == 0 ? i32x4.extend_low_i16x8_u(half) : i32x4.extend_high_i16x8_u(half));
}

/** Sixteen values of twelve bits, less their middle, times sixteen numbers of the query. */
// @ts-ignore: decorator
@inline
function step12(sums: v128, n1: v128, n2: v128, n3: v128, query: usize): v128 {
  const middle = f32x4.splat(2047.5);
  const upper = v128.or(i8x16.shl(n1, 4), n2); // the first eight bits
  for (let part = 0; part < 4; part++) {
    const value = f32x4.sub(f32x4.add(f32x4.mul(floats(upper, part), f32x4.splat(16)), floats(n3, part)), middle);
    sums = f32x4.add(sums, f32x4.mul(value, v128.load(query + (part << 4))));
  }
  return sums;
}

/** Sum of a row's twelve bits, each less 2047.5, with a float query. */
export function dot12(one: usize, two: usize, three: usize, width: i32, query: usize): f64 {
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  const mask = i8x16.splat(15);
  for (let i: usize = 0; i < <usize>width; i += 16) {
    const a = v128.load(one + i);
    const b = v128.load(two + i);
    const c = v128.load(three + i);
    const q = query + (i << 3);
    low = step12(low, v128.and(a, mask), v128.and(b, mask), v128.and(c, mask), q);
    const upper = v128.and(i16x8.shr_u(a, 4), mask);
    const middle = v128.and(i16x8.shr_u(b, 4), mask);
    const lower = v128.and(i16x8.shr_u(c, 4), mask);
    high = step12(high, upper, middle, lower, q + 64);
  }
  const sums = f32x4.add(low, high);
  return (
    <f64>f32x4.extract_lane(sums, 0) + <f64>f32x4.extract_lane(sums, 1) + <f64>f32x4.extract_lane(sums, 2) + <f64>f32x4.extract_lane(sums, 3)
  );
}
