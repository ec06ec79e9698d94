// The scan's inner loop, in AssemblyScript: 8-bit rows times a query of 14 bits, four rows' worth of instruction-level parallelism.

/**
 * Scores of `rows` consecutive rows: out[r] = scale[r] * sum_i codes[r][i] * query[i].
 * `width` is the dimension padded with zeros to a multiple of 16. Sums stay below 2^31 up to a width of 2048: 127 * 8191 * 2048.
 */
export function score(codes: usize, scales: usize, rows: i32, width: i32, query: usize, out: usize): void {
  for (let row = 0; row < rows; row++) {
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let i = 0; i < width; i += 16) {
      const code = v128.load(codes + i);
      const at = query + (i << 1);
      low = i32x4.add(low, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(code), v128.load(at)));
      high = i32x4.add(high, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(code), v128.load(at, 16)));
    }
    const sum = i32x4.add(low, high);
    const total = i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
    store<f32>(out + (row << 2), <f32>total * load<f32>(scales + (row << 2)));
    codes += width;
  }
}
