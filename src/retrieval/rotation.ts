/**
 * A fixed orthogonal map of `dimension` numbers that spreads what a few of them hold over all (embeddings have a few huge dimensions, which
 * would take all the levels of a quantiser). Three rounds of signs and a Walsh-Hadamard transform, on the first and on the last 2^n numbers
 * in turn where the dimension is no power of two: nothing to store, O(d log d) to apply. The same in every build: it is part of the format.
 */
export class Rotation {
  /** Of each round; the scale that makes the transform orthonormal is in them. */
  readonly #signs: Float64Array[];
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
    const scale = 1 / Math.sqrt(this.#length);
    this.#signs = Array.from({ length: rounds }, (_, round) => {
      const signs = Float64Array.from({ length: dimension }, sign);
      const part = this.#part(signs, round);
      for (let i = 0; i < part.length; i++) part[i]! *= scale;
      return signs;
    });
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

function flip(vector: Float64Array, signs: Float64Array): void {
  for (let i = 0; i < signs.length; i++) vector[i]! *= signs[i]!;
}

/** The Walsh-Hadamard transform but for its scale, in place; the length is a power of two. Three of its steps at a time: a third of the reading and writing. */
function hadamard(v: Float64Array): void {
  const n = v.length;
  let half = 1;
  for (; 8 * half <= n; half *= 8) {
    for (let block = 0; block < n; block += 8 * half) {
      for (let i = block; i < block + half; i++) eight(v, i, half);
    }
  }
  for (; 2 * half <= n; half *= 2) {
    for (let block = 0; block < n; block += 2 * half) {
      for (let i = block; i < block + half; i++) {
        const a = v[i]!;
        const b = v[i + half]!;
        v[i] = a + b;
        v[i + half] = a - b;
      }
    }
  }
}

/** The transform of the eight numbers from `i` on, `step` apart. */
function eight(v: Float64Array, i: number, step: number): void {
  const i4 = i + 4 * step;
  const a = v[i]! + v[i + step]!;
  const b = v[i]! - v[i + step]!;
  const c = v[i + 2 * step]! + v[i + 3 * step]!;
  const d = v[i + 2 * step]! - v[i + 3 * step]!;
  const e = v[i4]! + v[i4 + step]!;
  const f = v[i4]! - v[i4 + step]!;
  const g = v[i4 + 2 * step]! + v[i4 + 3 * step]!;
  const h = v[i4 + 2 * step]! - v[i4 + 3 * step]!;
  v[i] = a + c + (e + g);
  v[i + step] = b + d + (f + h);
  v[i + 2 * step] = a - c + (e - g);
  v[i + 3 * step] = b - d + (f - h);
  v[i4] = a + c - (e + g);
  v[i4 + step] = b + d - (f + h);
  v[i4 + 2 * step] = a - c - (e - g);
  v[i4 + 3 * step] = b - d - (f - h);
}
