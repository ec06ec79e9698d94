import { dot } from "./dot";
import type { JobNumbers } from "./kernel/structs";
import { badVectors, LARGEST_NUMBER } from "./planes";
import type { Rotation } from "./rotation";

/** Largest codes of the query: 8 bits for every row's first plane, 14 where a second is read (kernel/assembly/nibbles.ts: no sum overflows). */
const LEVELS8 = 127;
const LEVELS16 = 8191;
/**
 * Deviations that a fast search allows for. Rotated, what a plane leaves of a row points anywhere, so it adds an error of about
 * |query| * left / sqrt(dimension) to a score; one row in 700 is off to its disadvantage by more than three times that, and only one
 * that is hardly among the best is lost by it.
 */
const DEVIATIONS = 3;

/** A query, rotated and quantised, with what its scores may be off by. */
export class Query {
  /** In 64 bits, as all vectors that it is multiplied with: engines make one fast loop of `dot` while its arguments are all of one kind. */
  readonly vector: Float64Array;
  readonly rotated: Float64Array;
  readonly norm: number;
  readonly codes8: Int8Array;
  readonly codes16: Int16Array;
  /** In 32 bits, as multiples of `numbers.step3`: a power of two, so that they are as close to tiny queries as to others. */
  readonly floats: Float32Array;
  /** Three numbers for each block of 128 dimensions of second planes, see `stagesOf`. */
  readonly stages: Float64Array;
  readonly numbers: JobNumbers;
  /** Of every bound: 1 where nothing may be missed. */
  readonly caution: number;

  /**
   * @param largest of any row's or centre's norm
   * @throws DotlightError "bad-vectors" for another dimension, NaN, infinity or numbers beyond LARGEST_NUMBER
   */
  constructor(vector: Float32Array | Float64Array, rotation: Rotation, width: number, exact: boolean, largest: number) {
    const { dimension } = rotation;
    if (vector.length !== dimension) throw badVectors(`a query of dimension ${vector.length} does not fit ${dimension}`);
    this.vector = new Float64Array(vector);
    for (let i = 0; i < dimension; i++) {
      if (!(Math.abs(this.vector[i]!) <= LARGEST_NUMBER)) throw badVectors(`the query holds ${this.vector[i]}`);
    }
    this.rotated = this.vector.slice();
    rotation.apply(this.rotated);
    this.norm = Math.sqrt(dot(this.rotated, this.rotated)) * (1 + 1e-9);
    this.caution = exact ? 1 : DEVIATIONS / Math.sqrt(dimension);
    let greatest = 0;
    for (let i = 0; i < dimension; i++) greatest = Math.max(greatest, Math.abs(this.rotated[i]!));
    this.codes8 = new Int8Array(width * 2);
    this.codes16 = new Int16Array(width * 2);
    const eight = quantised(this.rotated, greatest / LEVELS8, this.codes8);
    const sixteen = quantised(this.rotated, greatest / LEVELS16, this.codes16);
    const step3 = greatest > 0 ? 2 ** Math.ceil(Math.log2(greatest)) : 1;
    this.floats = new Float32Array(width * 2);
    for (let i = 0; i < dimension; i++) this.floats[i] = this.rotated[i]! / step3;
    const { caution, norm } = this;
    this.stages = stagesOf(this.rotated, this.codes8, eight, caution);
    this.numbers = {
      step1: 256 * eight.scale,
      bias1: 7.5 * 256 * eight.scale * eight.sum,
      spreadSlack: caution * norm,
      // The kernel's 32-bit sums of a first plane: a few roundings of numbers no larger than this.
      rounding1: 2 ** -20 * 256 * 22.5 * eight.scale * eight.absolute,
      querySlack1: caution * eight.left,
      step2: 16 * sixteen.scale,
      bias2: 127.5 * 16 * sixteen.scale * sixteen.sum,
      rowSlack: caution * norm,
      querySlack2: caution * sixteen.left,
      rounding: 1e-12 * norm * largest,
      step8: 16 * eight.scale,
      step3,
      // Eight running sums in 32 bits, and the roundings of codes, query and products.
      rounding3: (dimension / 8 + 8) * 2 ** -24 * norm,
    };
  }
}

/** Dimensions of a plane's 64 bytes. */
const BLOCK = 128;

/**
 * For rows whose second plane has been read up to the end of a block: the bias of the sum of 16 times the first plane and that, and the
 * norms of what of the query has met eight bits, and only four, times the caution.
 */
function stagesOf(values: Float64Array, codes: Int8Array, { scale, sum }: { scale: number; sum: number }, caution: number): Float64Array {
  const blocks = codes.length / BLOCK;
  const stages = new Float64Array(blocks * 3);
  let [codesRead, read, open] = [0, 0, dot(values, values)];
  for (let i = 0; i < codes.length; i++) {
    const square = (values[i] ?? 0) ** 2;
    codesRead += codes[i]!;
    read += square;
    open -= square;
    if ((i + 1) % BLOCK > 0) continue;
    // What has not been read stands for the middle of its sixteen values.
    const bias = 16 * scale * (127.5 * codesRead + 120 * (sum - codesRead));
    const slack = caution * (1 + 1e-9);
    stages.set([bias, slack * Math.sqrt(read), slack * Math.sqrt(Math.max(0, open))], Math.floor(i / BLOCK) * 3);
  }
  return stages;
}

/** Writes codes of this scale; returns their sums and the norm of what they leave. */
function quantised(values: Float64Array, scale: number, codes: Int8Array | Int16Array) {
  let [sum, absolute, left] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const code = scale > 0 ? Math.round(values[i]! / scale) : 0;
    codes[i] = code;
    sum += code;
    absolute += Math.abs(code);
    left += (values[i]! - code * scale) ** 2;
  }
  return { scale, sum, absolute, left: Math.sqrt(left) * (1 + 1e-9) };
}
