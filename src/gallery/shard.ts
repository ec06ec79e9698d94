import { DotlightError } from "../files/errors";
import type { HalfRows } from "../retrieval/half";
import { META, type PlaneRows, planeWidth } from "../retrieval/planes";

/** "DOTL", little-endian. */
const MAGIC = 0x4c544f44;
export const SHARD_VERSION = 2;
export const HEADER = 64;
const ALIGN = 64;
/** Kinds of file: a plane by its number, full-precision rows, regions (regions.ts), what photos score in general (calibration.ts), where they lie in a map (map.ts), the index of lists (clusters.ts). */
export const EXACT = 16;
export const REGIONS = 32;
export const CALIBRATION = 48;
export const MAP = 64;
export const CLUSTERS = 80;

export const align = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN;

/** What a file must hold. */
export interface Expected {
  rows: number;
  dimension: number;
}

/** Bytes of the sections before the codes of a plane (1 to 3). */
function preface(plane: number, { rows, dimension }: Expected): number {
  if (plane === 1) return align(dimension * 4) + align(rows * 4);
  return plane === 2 ? align(rows * META * 4) : 0;
}

/** Bytes of a plane's file (FORMAT.md, "Shards"). */
export function planeBytes(plane: number, expected: Expected): number {
  return HEADER + preface(plane, expected) + expected.rows * planeWidth(expected.dimension);
}

/** A full-precision row: its scale, then its numbers in 16 bits. */
export const exactStride = (dimension: number): number => 4 + Math.ceil(dimension / 2) * 4;

export const exactBytes = ({ rows, dimension }: Expected): number => HEADER + rows * exactStride(dimension);

/** Where a full-precision row begins in its file. */
export const exactOffset = (row: number, dimension: number): number => HEADER + row * exactStride(dimension);

/** An empty file with its header. */
export function beginFile(size: number, kind: number, { rows, dimension }: Expected): { bytes: Uint8Array<ArrayBuffer>; header: DataView } {
  const bytes = new Uint8Array(size);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint16(4, SHARD_VERSION, true);
  header.setUint16(6, kind, true);
  header.setUint32(8, rows, true);
  header.setUint32(12, dimension, true);
  return { bytes, header };
}

/** Writes one plane (1 to 3) of a shard. */
export function writePlane(shard: PlaneRows, plane: number): Uint8Array<ArrayBuffer> {
  const { bytes, header } = beginFile(planeBytes(plane, shard), plane, shard);
  if (plane === 1) {
    for (const [i, value] of [...shard.spreads, shard.largest].entries()) header.setFloat32(16 + 4 * i, value, true);
    new Float32Array(bytes.buffer, HEADER, shard.dimension).set(shard.centre);
    new Float32Array(bytes.buffer, HEADER + align(shard.dimension * 4), shard.rows).set(shard.scales);
  } else if (plane === 2) {
    new Float32Array(bytes.buffer, HEADER, shard.rows * META).set(shard.meta);
  }
  bytes.set(shard.planes[plane - 1]!, HEADER + preface(plane, shard));
  return bytes;
}

export function writeExact(rows: HalfRows): Uint8Array<ArrayBuffer> {
  const { bytes, header } = beginFile(exactBytes(rows), EXACT, rows);
  for (let row = 0; row < rows.rows; row++) {
    const at = exactOffset(row, rows.dimension);
    header.setFloat32(at, rows.scales[row]!, true);
    bytes.set(new Uint8Array(rows.halves.buffer, rows.halves.byteOffset + row * rows.dimension * 2, rows.dimension * 2), at + 4);
  }
  return bytes;
}

/**
 * Checks a file's header and length.
 * @throws DotlightError "bad-shard" or "unsupported-version", naming what was found and expected
 */
export function checked(bytes: Uint8Array<ArrayBuffer>, name: string, kind: number, size: number, expected: Expected): DataView {
  if (bytes.length < HEADER) throw wrong(name, "its length", bytes.length, `at least ${HEADER}`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  if (header.getUint32(0, true) !== MAGIC) throw wrong(name, "its magic number", `0x${header.getUint32(0, true).toString(16)}`, "DOTL");
  const version = header.getUint16(4, true);
  if (version !== SHARD_VERSION) {
    throw new DotlightError(
      "unsupported-version",
      `${name} is a shard of version ${version}, this page reads version ${SHARD_VERSION}.`,
      version > SHARD_VERSION
        ? "Use a newer version of Dotlight, or build the gallery again with this one."
        : "Build the gallery again with this version of Dotlight.",
    );
  }
  if (header.getUint16(6, true) !== kind) throw wrong(name, "its kind", header.getUint16(6, true), kind);
  const [rows, dimension] = [header.getUint32(8, true), header.getUint32(12, true)];
  if (rows !== expected.rows) throw wrong(name, "its number of rows", rows, expected.rows);
  if (dimension !== expected.dimension) throw wrong(name, "its dimension", dimension, expected.dimension);
  if (bytes.length !== size) throw wrong(name, "its length", bytes.length, size);
  return header;
}

/** What a damaged file is refused with. */
export const wrong = (name: string, what: string, found: unknown, right: unknown) =>
  new DotlightError(
    "bad-shard",
    `${name}: ${what} is ${found}, expected ${right}.`,
    "The file is damaged or not a shard of this gallery: build or upload the gallery again.",
  );

const bound = (value: number): boolean => value >= 0 && value < Number.POSITIVE_INFINITY;

/** Views of four-byte numbers need an aligned start; a file that was read alone has one. */
const aligned = (bytes: Uint8Array<ArrayBuffer>) => (bytes.byteOffset % 4 === 0 ? bytes : bytes.slice());

/** Reads a shard's first plane as views of its bytes. @throws DotlightError "bad-shard", "unsupported-version" */
export function readFirst(bytes: Uint8Array<ArrayBuffer>, name: string, expected: Expected): PlaneRows {
  const header = checked(bytes, name, 1, planeBytes(1, expected), expected);
  const { rows, dimension } = expected;
  const [four, eight, largest] = [16, 20, 24].map((at) => header.getFloat32(at, true)) as [number, number, number];
  const whole = aligned(bytes);
  const at = whole.byteOffset + HEADER;
  const centre = new Float32Array(whole.buffer, at, dimension);
  const scales = new Float32Array(whole.buffer, at + align(dimension * 4), rows);
  if (!centre.every(Number.isFinite)) throw wrong(name, "the centre", "NaN or infinite", "a number");
  if (!scales.every(bound)) throw wrong(name, "a scale", "negative, NaN or infinite", "a number");
  if (![four, eight, largest].every(bound)) throw wrong(name, "a bound", "negative, NaN or infinite", "a number");
  const spreads: [number, number] = [four, eight];
  return {
    rows,
    dimension,
    centre,
    scales,
    spreads,
    largest,
    planes: [whole.subarray(HEADER + preface(1, expected))],
    meta: new Float32Array(),
  };
}

/** Reads a later plane, the second with the rows' bounds. @throws DotlightError "bad-shard", "unsupported-version" */
export function readLater(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  plane: 2 | 3,
  expected: Expected,
): { codes: Uint8Array; meta?: Float32Array } {
  checked(bytes, name, plane, planeBytes(plane, expected), expected);
  const whole = aligned(bytes);
  const codes = whole.subarray(HEADER + preface(plane, expected));
  if (plane === 3) return { codes };
  const meta = new Float32Array(whole.buffer, whole.byteOffset + HEADER, expected.rows * META);
  if (!meta.every(bound)) throw wrong(name, "a bound", "negative, NaN or infinite", "a number");
  return { codes, meta };
}

/** Reads all full-precision rows of a shard. @throws DotlightError "bad-shard", "unsupported-version" */
export function readExact(bytes: Uint8Array<ArrayBuffer>, name: string, expected: Expected): HalfRows {
  checked(bytes, name, EXACT, exactBytes(expected), expected);
  const { rows, dimension } = expected;
  const result: HalfRows = { rows, dimension, halves: new Uint16Array(rows * dimension), scales: new Float32Array(rows) };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const halves = new Uint8Array(result.halves.buffer);
  for (let row = 0; row < rows; row++) {
    const at = exactOffset(row, dimension);
    result.scales[row] = view.getFloat32(at, true);
    halves.set(bytes.subarray(at + 4, at + 4 + dimension * 2), row * dimension * 2);
  }
  if (!result.scales.every(bound)) throw wrong(name, "a scale", "negative, NaN or infinite", "a number");
  return result;
}
