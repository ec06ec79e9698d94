import { dot } from "./dot";

/** Rounds of the iteration: what of the subspace's edge is still unsettled then hardly differs from what lies beyond it. */
const ROUNDS = 15;

/** Orthonormal directions (count x dimension) of a subspace. */
export type Basis = Float32Array;

/**
 * The subspace of `count` dimensions that holds most of the vectors' lengths (subspace iteration on their second moments). What codes keep of rows
 * are their parts in it: of what lies outside, a query like these vectors sees next to nothing.
 * @param groups each counts as its weight says, however many and long its vectors are
 */
export function subspaceOf(groups: { vectors: Float64Array[]; weight: number }[], dimension: number, count: number): Basis {
  const moments = Array.from({ length: dimension }, () => new Float64Array(dimension));
  for (const { vectors, weight } of groups) {
    const all = vectors.reduce((sum, vector) => sum + dot(vector, vector), 0) || 1;
    for (const vector of vectors) {
      for (let i = 0; i < dimension; i++) for (let j = 0; j < dimension; j++) moments[i]![j]! += (weight * vector[i]! * vector[j]!) / all;
    }
  }
  // Any beginning that leaves no direction out.
  let basis: Float64Array[] = Array.from({ length: count }, (_, i) =>
    Float64Array.from({ length: dimension }, (_, j) => Math.cos((i + 1) * (j + 0.5))),
  );
  for (let round = 0; round < ROUNDS; round++) {
    basis = orthonormal(basis.map((direction) => Float64Array.from(moments, (row, i) => dot(row, direction) + 1e-9 * direction[i]!)));
  }
  return Float32Array.from(basis.flatMap((direction) => [...direction]));
}

/** By Gram and Schmidt, twice: once leaves errors where directions are nearly the same. What is nothing of its own becomes an axis. */
function orthonormal(directions: Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const direction of directions) {
    let axis = 0;
    for (let own = direction; ; own = Float64Array.from(direction, (_, i) => (i === axis ? 1 : 0)), axis++) {
      const length = Math.sqrt(dot(own, own));
      for (const other of [...done, ...done]) {
        const part = dot(own, other);
        for (let i = 0; i < own.length; i++) own[i]! -= part * other[i]!;
      }
      const left = Math.sqrt(dot(own, own));
      if (left <= 1e-6 * length || left === 0) continue;
      done.push(own.map((value) => value / left));
      break;
    }
  }
  return done;
}

/** A vector's part in the subspace, by its directions. */
export function within(basis: Basis, vector: ArrayLike<number>): Float64Array {
  const dimension = vector.length;
  const part = new Float64Array(basis.length / dimension);
  for (let i = 0; i < part.length; i++) {
    let sum = 0;
    for (let j = 0; j < dimension; j++) sum += basis[i * dimension + j]! * vector[j]!;
    part[i] = sum;
  }
  return part;
}
