/** Rows of a workgroup; four invocations share a row, so that together they read whole cache lines of 64 bytes. */
export const GROUP_ROWS = 64;
/** Invocations of a workgroup. */
export const GROUP = GROUP_ROWS * 4;
/** Bytes of `Found` before its rows. */
export const FOUND_HEAD = 8;
/** What a row's bounds are widened by, relative to the query's unit: at most twenty roundings of 2^-23 each, of numbers below three. */
export const ROUNDINGS = 2 ** -17;

/** Four products of signed bytes, where the language has them, and where it has not. */
const PACKED = `requires packed_4x8_integer_dot_product;
fn four(codes: u32, query: u32) -> i32 { return dot4I8Packed(codes, query); }`;
const UNPACKED = `fn four(codes: u32, query: u32) -> i32 {
  let c = vec4<i32>((vec4<u32>(codes) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(255u));
  let q = bitcast<vec4<i32>>(vec4<u32>(query) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
  return dot(c, q);
}`;

/**
 * Three passes over all rows. `score`: the sum of a row's first eight bits with the query's fourteen (two signed bytes a number), exact in 32
 * bits, and from it the most that its score may be; the best of the least that the scores of 64 rows may be. `bound`: the k-th largest of
 * those, which the k-th best score cannot be below. `keep`: the rows that may reach it, and their sums.
 */
export const shader = (packed: boolean): string => `${packed ? PACKED : UNPACKED}

/** A shard, and the query's numbers for it in units of the query (gpu-scan.ts). */
struct Shard {
  rows: u32,
  first: u32,
  firstGroup: u32,
  /** Of sixteen bytes, in a row of a plane. */
  chunks: u32,
  /** 255 times the sum of the query's codes: twice what the codes' middle takes from a sum. */
  middle: i32,
  base: f32,
  step: f32,
  leftSlack: f32,
  normSlack: f32,
  rounding: f32,
}
struct Totals { rows: u32, groups: u32, k: u32, room: u32 }
struct Found { count: atomic<u32>, bound: f32, rows: array<vec2<u32>> }

@group(0) @binding(0) var<uniform> shard: Shard;
@group(0) @binding(1) var<storage, read> plane1: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> plane2: array<vec4<u32>>;
/** Of each row, as a share of the shard's largest norm: its scale, what eight bits leave of it, its norm. */
@group(0) @binding(3) var<storage, read> numbers: array<vec4<f32>>;
/** Of each chunk: the upper bytes of 32 numbers, then their lower ones. */
@group(0) @binding(4) var<storage, read> query: array<vec4<u32>>;
@group(0) @binding(5) var<storage, read_write> sums: array<i32>;
@group(0) @binding(6) var<storage, read_write> uppers: array<f32>;
/** Keys of the best lower bounds, one a workgroup. */
@group(0) @binding(7) var<storage, read_write> lowers: array<u32>;
@group(0) @binding(8) var<uniform> totals: Totals;
@group(0) @binding(9) var<storage, read_write> found: Found;

const LOWEST = -3.0e38;

var<workgroup> parts: array<i32, ${GROUP}>;
var<workgroup> best: array<f32, ${GROUP_ROWS}>;
var<workgroup> counted: atomic<u32>;

/** Integers of the floats' order. */
fn key(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
}

fn unkey(value: u32) -> f32 {
  return bitcast<f32>(select(~value, value ^ 0x80000000u, (value >> 31u) == 1u));
}

fn sixteen(codes: vec4<u32>, part: vec4<u32>) -> i32 {
  return four(codes.x, part.x) + four(codes.y, part.y) + four(codes.z, part.z) + four(codes.w, part.w);
}

/** Thirty-two codes of four bits with the query's codes: 128 times its upper bytes and its lower ones. */
fn products(codes: vec4<u32>, at: u32) -> i32 {
  let low = codes & vec4<u32>(0x0f0f0f0fu);
  let high = (codes >> vec4<u32>(4u)) & vec4<u32>(0x0f0f0f0fu);
  return 128 * (sixteen(low, query[at]) + sixteen(high, query[at + 1u])) + sixteen(low, query[at + 2u]) + sixteen(high, query[at + 3u]);
}

@compute @workgroup_size(${GROUP})
fn score(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) own: u32) {
  let four_row = group.x * ${GROUP_ROWS}u + own / 4u;
  var part = 0;
  if (four_row < shard.rows) {
    for (var chunk = own % 4u; chunk < shard.chunks; chunk += 4u) {
      let at = four_row * shard.chunks + chunk;
      part += 16 * products(plane1[at], 4u * chunk) + products(plane2[at], 4u * chunk);
    }
  }
  parts[own] = part;
  workgroupBarrier();
  if (own < ${GROUP_ROWS}u) {
    let row = group.x * ${GROUP_ROWS}u + own;
    var lower = LOWEST;
    if (row < shard.rows) {
      let sum = parts[4u * own] + parts[4u * own + 1u] + parts[4u * own + 2u] + parts[4u * own + 3u];
      let own_numbers = numbers[row];
      let value = shard.base + own_numbers.x * (shard.step * f32(2 * sum - shard.middle));
      let slack = own_numbers.y * shard.leftSlack + own_numbers.z * shard.normSlack + shard.rounding;
      sums[shard.first + row] = sum;
      uppers[shard.first + row] = value + slack;
      lower = value - slack;
    }
    best[own] = lower;
  }
  workgroupBarrier();
  for (var half = ${GROUP_ROWS / 2}u; half > 0u; half /= 2u) {
    if (own < half) { best[own] = max(best[own], best[own + half]); }
    workgroupBarrier();
  }
  if (own == 0u) { lowers[shard.firstGroup + group.x] = key(best[0]); }
}

/** One workgroup, bit by bit from the highest: the largest key that k or more reach. Fewer than k of them bound nothing. */
@compute @workgroup_size(${GROUP})
fn bound(@builtin(local_invocation_index) own: u32) {
  var largest = 0u;
  for (var bit = 0x80000000u; bit > 0u; bit >>= 1u) {
    if (own == 0u) { atomicStore(&counted, 0u); }
    workgroupBarrier();
    let tried = largest | bit;
    var reaching = 0u;
    for (var at = own; at < totals.groups; at += ${GROUP}u) {
      if (lowers[at] >= tried) { reaching++; }
    }
    atomicAdd(&counted, reaching);
    workgroupBarrier();
    if (atomicLoad(&counted) >= totals.k) { largest = tried; }
    workgroupBarrier();
  }
  if (own == 0u) { found.bound = unkey(max(largest, key(LOWEST))); }
}

@compute @workgroup_size(${GROUP})
fn keep(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.x;
  // Not "less than": a row is passed over only if it is known to be worse.
  if (row >= totals.rows || uppers[row] < found.bound) { return; }
  let at = atomicAdd(&found.count, 1u);
  if (at < totals.room) { found.rows[at] = vec2<u32>(row, bitcast<u32>(sums[row])); }
}
`;
