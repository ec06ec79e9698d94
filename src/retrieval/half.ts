/** Full-precision rows: 16-bit floats with a scale a row, so that tiny and huge rows keep their 11 bits. */
export interface HalfRows {
  rows: number;
  dimension: number;
  /** IEEE 754 binary16. */
  halves: Uint16Array;
  scales: Float32Array;
}

const view = new DataView(new ArrayBuffer(4));

/** The bits of the nearest binary16, ties to even; |value| below 65520. */
export function toHalf(value: number): number {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    const shifted = fraction | 0x800000;
    const shift = 14 - exponent;
    return sign | rounded(shifted, shift);
  }
  return sign | ((exponent << 10) + rounded(fraction, 13));
}

function rounded(bits: number, shift: number): number {
  const kept = bits >>> shift;
  const rest = bits & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return rest > middle || (rest === middle && (kept & 1) === 1) ? kept + 1 : kept;
}

/** The value of a binary16's bits. */
export const ofHalf = (bits: number): number => halfValues()[bits]!;

/** Every binary16's value; made at first use. */
let values: Float32Array | undefined;

function halfValues(): Float32Array {
  values ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >>> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
  return values;
}

/**
 * Stores rows (rows x dimension) in 16 bits. A row's scale is the power of two that brings its largest number to within 1/2 and 1, so that
 * numbers of 11 bits stay what they are; a zero row gets scale 0.
 */
export function halve(vectors: Float32Array, dimension: number): HalfRows {
  const rows = vectors.length / dimension;
  const halves = new Uint16Array(vectors.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) largest = Math.max(largest, Math.abs(vectors[i]!));
    if (largest === 0) continue;
    const scale = 2 ** Math.ceil(Math.log2(largest));
    scales[row] = scale;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) halves[i] = toHalf(vectors[i]! / scale);
  }
  return { rows, dimension, halves, scales };
}

/** One row as 64-bit numbers: exactly what is stored. */
export function unhalve({ dimension, halves, scales }: HalfRows, row: number, out = new Float64Array(dimension)): Float64Array {
  const table = halfValues();
  const scale = scales[row]!;
  for (let i = 0; i < dimension; i++) out[i] = table[halves[row * dimension + i]!]! * scale;
  return out;
}
