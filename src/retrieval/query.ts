import { dot } from "./dot";
import { halfOf, type JobNumbers } from "./kernel/structs";
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

/**
 * A fast search sums a row over three quarters of its numbers first, where they are many. After the rotation each number's part in a score
 * is as any other's, so this is about that share of the score; a row is left if it is short of what it needs by more than so many
 * deviations, sqrt(share (1 - share) / dimension) |query| |row| (after Gao and Long 2023, ADSampling).
 */
const HEAD_DEVIATIONS = 3.5;
const HEAD_FROM = 256;

/** A query, rotated and quantised, with what its scores may be off by. */
export class Query {
  readonly rotated: Float64Array;
  readonly norm: number;
  readonly codes8: Int8Array;
  readonly codes16: Int16Array;
  readonly numbers: JobNumbers;
  /** Bytes of a row's first plane that are summed first; 0: all at once. */
  readonly head: number;
  /** Of its second plane, the same: where bounds are wide most of the rows that are read need no more. */
  readonly half: number;
  /** Of every bound: 1 where nothing may be missed. */
  readonly caution: number;

  /**
   * @param largest of any row's or centre's norm
   * @throws DotlightError "bad-vectors" for another dimension, NaN, infinity or numbers beyond LARGEST_NUMBER
   */
  constructor(
    readonly vector: Float32Array | Float64Array,
    rotation: Rotation,
    width: number,
    exact: boolean,
    largest: number,
  ) {
    const { dimension } = rotation;
    if (vector.length !== dimension) throw badVectors(`a query of dimension ${vector.length} does not fit ${dimension}`);
    for (const value of vector) if (!(Math.abs(value) <= LARGEST_NUMBER)) throw badVectors(`the query holds ${value}`);
    this.rotated = new Float64Array(vector);
    rotation.apply(this.rotated);
    this.norm = Math.sqrt(dot(this.rotated, this.rotated)) * (1 + 1e-9);
    this.caution = exact ? 1 : DEVIATIONS / Math.sqrt(dimension);
    let greatest = 0;
    for (const value of this.rotated) greatest = Math.max(greatest, Math.abs(value));
    this.codes8 = new Int8Array(width * 2);
    this.codes16 = new Int16Array(width * 2);
    const eight = quantised(this.rotated, greatest / LEVELS8, this.codes8);
    const sixteen = quantised(this.rotated, greatest / LEVELS16, this.codes16);
    const { caution, norm } = this;
    this.head = exact || width < HEAD_FROM ? 0 : Math.floor((width * 3) / 4 / 64) * 64;
    this.half = exact ? halfOf(width) : 0;
    const share = (this.head * 2) / dimension;
    const tail = this.rotated.subarray(this.half * 2);
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
      bias8: 127.5 * 16 * eight.scale * eight.sum,
      biasHead: 7.5 * 256 * eight.scale * sumOf(this.codes8, this.head * 2),
      share,
      headSlack: HEAD_DEVIATIONS * Math.sqrt((share * (1 - share)) / dimension) * norm + share * caution * eight.left,
      biasHalf: (7.5 * 256 * eight.sum + 7.5 * 16 * sumOf(this.codes8, this.half * 2)) * eight.scale,
      tailSlack: caution * Math.sqrt(dot(tail, tail)) * (1 + 1e-9),
    };
  }
}

/** The sum of the first `count` codes. */
function sumOf(codes: Int8Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += codes[i]!;
  return sum;
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
