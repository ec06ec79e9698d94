/**
 * A fixed orthogonal map of `dimension` numbers that spreads what a few of them hold over all (embeddings have a few huge dimensions, which
 * would take all the levels of a quantiser). Three rounds of signs and a Walsh-Hadamard transform, on the first and on the last 2^n numbers
 * in turn where the dimension is no power of two: nothing to store, O(d log d) to apply. The same in every build: it is part of the format.
 */
export class Rotation {
  readonly #signs: Int8Array[];
  readonly #length: number;

  constructor(readonly dimension: number) {
    this.#length = 2 ** Math.floor(Math.log2(dimension));
    const rounds = this.#length === dimension ? 3 : 6;
    let state = 0x9e3779b9;
    const sign = () => {
      // xorshift32
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state < 0 ? -1 : 1;
    };
    this.#signs = Array.from({ length: rounds }, () => Int8Array.from({ length: dimension }, sign));
  }

  /** Rotates in place, in 64 bits. */
  apply(vector: Float64Array): void {
    for (const [round, signs] of this.#signs.entries()) {
      flip(vector, signs);
      hadamard(this.#part(vector, round));
    }
  }

  /** Rotates back. */
  undo(vector: Float64Array): void {
    for (let round = this.#signs.length - 1; round >= 0; round--) {
      hadamard(this.#part(vector, round));
      flip(vector, this.#signs[round]!);
    }
  }

  #part(vector: Float64Array, round: number): Float64Array {
    const first = round % 2 === 0 ? 0 : this.dimension - this.#length;
    return vector.subarray(first, first + this.#length);
  }
}

function flip(vector: Float64Array, signs: Int8Array): void {
  for (let i = 0; i < signs.length; i++) vector[i]! *= signs[i]!;
}

/** The orthonormal Walsh-Hadamard transform, in place; the length is a power of two. Two of its steps at a time: half the reading and writing. */
function hadamard(values: Float64Array): void {
  const n = values.length;
  let half = 1;
  for (; 4 * half <= n; half *= 4) {
    for (let block = 0; block < n; block += 4 * half) {
      for (let i = block; i < block + half; i++) {
        const a = values[i]!;
        const b = values[i + half]!;
        const c = values[i + 2 * half]!;
        const d = values[i + 3 * half]!;
        values[i] = a + b + (c + d);
        values[i + half] = a - b + (c - d);
        values[i + 2 * half] = a + b - (c + d);
        values[i + 3 * half] = a - b - (c - d);
      }
    }
  }
  for (let i = 0; 2 * half === n && i < half; i++) {
    const a = values[i]!;
    const b = values[i + half]!;
    values[i] = a + b;
    values[i + half] = a - b;
  }
  const scale = 1 / Math.sqrt(n);
  for (let i = 0; i < n; i++) values[i]! *= scale;
}
