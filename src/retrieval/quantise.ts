import { DotlightError } from "../files/errors";

/** Rows in 8 bits: row r is scales[r] * codes[r * dimension ...]. Codes lie in -127..127. */
export interface QuantisedRows {
  rows: number;
  dimension: number;
  codes: Int8Array;
  scales: Float32Array;
}

/** The largest absolute code of a row. */
export const LEVELS = 127;

/**
 * Quantises float rows (rows x dimension), symmetrically with one scale a row. A zero row gets scale 0.
 * @throws DotlightError "bad-vectors" for a length that is no multiple of the dimension, NaN or infinity.
 */
export function quantise(vectors: Float32Array, dimension: number): QuantisedRows {
  if (!Number.isInteger(dimension) || dimension < 1 || vectors.length % dimension !== 0) {
    throw badVectors(`${vectors.length} numbers are no whole number of rows of ${dimension}`);
  }
  const rows = vectors.length / dimension;
  const codes = new Int8Array(vectors.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * dimension;
    let largest = 0;
    for (let i = start; i < start + dimension; i++) {
      const size = Math.abs(vectors[i]!);
      if (!(size < Number.POSITIVE_INFINITY)) throw badVectors(`row ${row} holds ${vectors[i]}`);
      if (size > largest) largest = size;
    }
    const scale = Math.fround(largest / LEVELS);
    if (scale === 0) continue;
    scales[row] = scale;
    for (let i = start; i < start + dimension; i++) {
      codes[i] = Math.max(-LEVELS, Math.min(LEVELS, Math.round(vectors[i]! / scale)));
    }
  }
  return { rows, dimension, codes, scales };
}

/** The float values of one quantised row. */
export function dequantise({ dimension, codes, scales }: QuantisedRows, row: number): Float32Array {
  const scale = scales[row]!;
  return Float32Array.from(codes.subarray(row * dimension, (row + 1) * dimension), (code) => code * scale);
}

export function badVectors(what: string): DotlightError {
  return new DotlightError(
    "bad-vectors",
    `The vectors cannot be used: ${what}.`,
    "Encode the pictures or the query again; if it stays, the model pack is damaged.",
  );
}
