import { DotlightError } from "../files/errors";
import { type HalfRows, unhalve } from "./half";
import { Rotation } from "./rotation";

/**
 * Rows in planes of 4 bits, each refining the one before. A row x becomes y = R (x - centre), R a fixed rotation, and each number of y a
 * code u of 12 bits: y = scale * (u + 1/2 - 2048), u's first four bits in the first plane and so on; without the later planes the middle of
 * what is left open stands for it. Codes of 32 numbers share 16 bytes: byte i holds number i in its low nibble and number 16 + i in its
 * high one. A row of a plane is padded to a multiple of 64 bytes.
 */
export interface PlaneRows {
  rows: number;
  dimension: number;
  centre: Float32Array;
  scales: Float32Array;
  /** One to three planes, rows x planeWidth(dimension) bytes each. */
  planes: Uint8Array[];
  /** Four numbers a row: at least the norm of y, of what the first eight bits leave of y, of what the first twelve leave; and 0. */
  meta: Float32Array;
  /** What the first four bits, and the first eight, leave of any row, as a multiple of its scale; and the largest norm. */
  spreads: [number, number];
  largest: number;
}

export const META = 4;
/** Half of the codes' range. */
const MIDDLE = 2048;

export const planeWidth = (dimension: number): number => Math.ceil(dimension / 128) * 64;

/** Numbers beyond this are refused: a product of two must fit 32 bits. */
export const LARGEST_NUMBER = 1e18;
/** The smallest normal number: a scale below it would lose what bounds the errors. */
const SMALLEST_SCALE = 2 ** -126;

/** Upwards to 32 bits: a bound must not shrink when it is stored. */
function up(value: number): number {
  const stored = Math.fround(value * (1 + 2 ** -22));
  return stored >= value ? stored : stored + 2 ** -149;
}

/** The mean of the rows, subtracted before quantisation: what all rows share takes no levels. */
export function centreOf(vectors: Float32Array, dimension: number): Float32Array {
  const rows = vectors.length / dimension;
  const sum = new Float64Array(dimension);
  for (let row = 0; row < rows; row++) for (let i = 0; i < dimension; i++) sum[i] = sum[i]! + vectors[row * dimension + i]!;
  return Float32Array.from(sum, (value) => value / Math.max(1, rows));
}

/**
 * Quantises rows (rows x dimension) into `count` planes. With `exact` the bounds are against those rows, else against the rows' own last plane.
 * @throws DotlightError "bad-vectors" for a length that is no multiple of the dimension, NaN, infinity or numbers beyond LARGEST_NUMBER
 */
export function quantise(vectors: Float32Array, dimension: number, count: 1 | 2 | 3 = 3, exact?: HalfRows): PlaneRows {
  if (!Number.isInteger(dimension) || dimension < 1 || vectors.length % dimension !== 0) {
    throw badVectors(`${vectors.length} numbers are no whole number of rows of ${dimension}`);
  }
  const bad = vectors.findIndex((value) => !(Math.abs(value) <= LARGEST_NUMBER));
  if (bad >= 0) throw badVectors(`row ${Math.floor(bad / dimension)} holds ${vectors[bad]}`);
  const rows = vectors.length / dimension;
  const width = planeWidth(dimension);
  const result: PlaneRows = {
    rows,
    dimension,
    centre: centreOf(vectors, dimension),
    scales: new Float32Array(rows),
    planes: Array.from({ length: count }, () => new Uint8Array(rows * width)),
    meta: new Float32Array(rows * META),
    spreads: [0, 0],
    largest: 0,
  };
  const rotation = new Rotation(dimension);
  const y = new Float64Array(dimension);
  for (let row = 0; row < rows; row++) {
    if (exact) unhalve(exact, row, y);
    else for (let i = 0; i < dimension; i++) y[i] = vectors[row * dimension + i]!;
    for (let i = 0; i < dimension; i++) y[i] = y[i]! - result.centre[i]!;
    rotation.apply(y);
    quantiseRow(y, row, result, exact !== undefined);
  }
  return result;
}

function quantiseRow(y: Float64Array, row: number, rows: PlaneRows, exact: boolean): void {
  const { planes, dimension } = rows;
  const [one, two, three] = planes;
  const width = planeWidth(dimension);
  let largest = 0;
  for (const value of y) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? Math.max(SMALLEST_SCALE, Math.fround(largest / MIDDLE)) : 0;
  rows.scales[row] = scale;
  // Squares of what is left after four, eight and twelve bits, and of the largest that stands for each number.
  let [left4, left8, left12, norm] = [0, 0, 0, 0];
  for (let i = 0; i < dimension; i++) {
    const code = scale > 0 ? Math.min(4095, Math.max(0, Math.floor(y[i]! / scale + MIDDLE))) : MIDDLE;
    const at = row * width + (i >> 5) * 16 + (i & 15);
    const shift = i & 16 ? 4 : 0;
    one![at] = one![at]! | ((code >> 8) << shift);
    if (two) two[at] = two[at]! | (((code >> 4) & 15) << shift);
    if (three) three[at] = three[at]! | ((code & 15) << shift);
    const [s4, s8, s12] = [standsFor(code, 0, scale), standsFor(code, 1, scale), standsFor(code, 2, scale)];
    const truth = exact ? y[i]! : three ? s12 : two ? s8 : s4;
    left4 += (truth - s4) ** 2;
    left8 += (truth - s8) ** 2;
    left12 += (truth - s12) ** 2;
    const stands = Math.max(Math.abs(truth), Math.abs(s4), Math.abs(s8), Math.abs(s12));
    norm += stands * stands;
  }
  rows.meta[row * META] = up(Math.sqrt(norm));
  rows.meta[row * META + 1] = up(Math.sqrt(left8));
  rows.meta[row * META + 2] = up(Math.sqrt(left12));
  rows.largest = Math.max(rows.largest, up(Math.sqrt(norm)));
  if (scale === 0) return;
  rows.spreads[0] = Math.max(rows.spreads[0], up(Math.sqrt(left4) / scale));
  rows.spreads[1] = Math.max(rows.spreads[1], up(Math.sqrt(left8) / scale));
}

/** The number that a code's first 4 * (plane + 1) bits stand for: the middle of what is left open. */
function standsFor(code: number, plane: number, scale: number): number {
  const open = 256 >> (4 * plane);
  return (Math.floor(code / open) * open + open / 2 - MIDDLE) * scale;
}

/** A row as its planes have it, rotated: centre not added. */
export function rotatedRow(
  { dimension, planes, scales }: Pick<PlaneRows, "dimension" | "planes" | "scales">,
  row: number,
  out = new Float64Array(dimension),
): Float64Array {
  const width = planeWidth(dimension);
  for (let i = 0; i < dimension; i++) {
    const at = row * width + (i >> 5) * 16 + (i & 15);
    const shift = i & 16 ? 4 : 0;
    let code = 0;
    for (const plane of planes) code = code * 16 + ((plane[at]! >> shift) & 15);
    out[i] = standsFor(code << (4 * (3 - planes.length)), planes.length - 1, scales[row]!);
  }
  return out;
}

export function badVectors(what: string): DotlightError {
  return new DotlightError(
    "bad-vectors",
    `The vectors cannot be used: ${what}.`,
    "Encode the pictures or the query again; if it stays, the model pack is damaged.",
  );
}
