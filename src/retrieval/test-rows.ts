import fc from "fast-check";

/** Numbers of a seeded generator, about normal. */
export function numbers(seed: number): () => number {
  let state = seed | 1;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
  return () => uniform() + uniform() + uniform();
}

export type Shape = "random" | "clustered" | "duplicated" | "with zeros" | "huge" | "denormal" | "mixed sizes" | "outlier dimension";
export const SHAPES: Shape[] = ["random", "clustered", "duplicated", "with zeros", "huge", "denormal", "mixed sizes", "outlier dimension"];

/** Rows of a shape, so many of so many numbers. */
export function rowsOf(shape: Shape, seed: number, rows: number, dimension: number): Float32Array {
  const next = numbers(seed);
  const centres = Array.from({ length: 3 }, () => Float64Array.from({ length: dimension }, next));
  const vectors = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    const size = { huge: 1e17, denormal: 1e-40, "mixed sizes": 10 ** (5 * next()) }[shape as string] ?? 1;
    for (let i = 0; i < dimension; i++) {
      const own = next();
      const outlier = shape === "outlier dimension" && i === 1 ? 30 : 1;
      const value = shape === "clustered" ? centres[row % 3]![i]! + 0.01 * own : own * outlier;
      vectors[row * dimension + i] = value * size;
    }
    if (shape === "with zeros" && row % 3 === 0) vectors.fill(0, row * dimension, (row + 1) * dimension);
    if (shape === "duplicated" && row > 0) vectors.copyWithin(row * dimension, (row % 5) * dimension, ((row % 5) + 1) * dimension);
  }
  return vectors;
}

/** Rows of any shape and size, in shards of `each`. */
export const problem = fc.record({
  shape: fc.constantFrom(...SHAPES),
  seed: fc.integer({ min: 1, max: 1e9 }),
  dimension: fc.constantFrom(1, 3, 16, 31, 64, 70, 128, 200, 400),
  rows: fc.integer({ min: 0, max: 150 }),
  each: fc.integer({ min: 1, max: 80 }),
  k: fc.integer({ min: 1, max: 30 }),
});
