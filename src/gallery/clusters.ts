import { hexOf, type Part } from "../files/digest";
import type { PlaneRows } from "../retrieval/planes";
import type { FileEntry } from "./manifest";
import {
  align,
  beginFile,
  CLUSTERS,
  checked,
  type Expected,
  exactOffset,
  exactStride,
  HEADER,
  planeBytes,
  readFirst,
  writePlane,
  wrong,
} from "./shard";

/**
 * The photos' vectors once more, grouped into lists of rows that lie near each other, so that a query reads the lists nearest to it and not all.
 * Lists hold the rows' parts in a subspace, in four bits; the best of them are read again in full precision.
 */
export interface ClusterTable {
  version: 1;
  /** Of the subspace. */
  dimension: number;
  lists: number;
  /** Lists that are read for a query. */
  probes: number;
  /** Deviations by which a list's best is expected above its middle: lists are read in the order of that. */
  deviations: number;
  /** The share of the ten best photos for `queries` texts that those lists held when the gallery was built. */
  found: { share: number; queries: number };
  /** The subspace, and of each list where it is and what is in it. */
  index: FileEntry;
  /** The lists, one after the other. */
  files: FileEntry[];
  /** Full-precision rows in the order of the lists, a file for each of `files`. */
  exact: FileEntry[];
  /** Full-precision rows of photos from all over the gallery: the i-th of n is photo floor(i count / n). */
  sample: FileEntry;
}

/** Rows whose full precision is read, and verified, together. */
export const BLOCK_ROWS = 16;
export const DIGEST = 32;
/** Of a list in the index, before its centre: file, start, first row in its file of full precision, rows; spread and scale; digest. */
const ENTRY = 4 * 4 + 2 * 4 + DIGEST;

/** A list, as the index has it. */
export interface ListEntry {
  /** Of `files` and `exact`, and where in them: bytes, rows. */
  file: number;
  start: number;
  first: number;
  rows: number;
  /** Deviation of a row from the centre, in one dimension of the subspace. */
  spread: number;
  sha256: string;
  /** In the subspace. */
  centre: Float32Array;
}

/**
 * A list's rows: their numbers in the gallery, their parts in the subspace, and the sha256 of each block of them in full precision, 32 bytes each: of
 * the thousands that a query's lists have, few are looked at.
 */
export interface List {
  numbers: Uint32Array;
  codes: PlaneRows;
  digests: Uint8Array;
}

export interface ClusterIndex {
  /** Directions of the subspace (dimension x the gallery's). */
  basis: Float32Array;
  lists: ListEntry[];
}

export const blocksOf = (rows: number): number => Math.ceil(rows / BLOCK_ROWS);
const entryBytes = (dimension: number): number => Math.ceil((ENTRY + dimension) / 4) * 4;

/** Bytes of the index. */
export const indexBytes = (lists: number, dimension: number, whole: number): number =>
  HEADER + dimension * whole * 4 + lists * entryBytes(dimension);

/** Bytes of a list. */
export const listBytes = (of: Expected): number => align(of.rows * 4) + align(blocksOf(of.rows) * DIGEST) + planeBytes(1, of);

/** Where a list's bytes lie in its file. */
export const listPart = ({ start, rows, sha256 }: ListEntry, dimension: number): Part => ({
  start,
  bytes: listBytes({ rows, dimension }),
  sha256,
});

/** Where a block of a list's rows in full precision lies in its file. */
export function blockPart({ first, rows }: ListEntry, list: Pick<List, "digests">, block: number, dimension: number): Part {
  const own = Math.min(BLOCK_ROWS, rows - block * BLOCK_ROWS);
  return {
    start: exactOffset(first + block * BLOCK_ROWS, dimension),
    bytes: own * exactStride(dimension),
    sha256: hexOf(list.digests.subarray(block * DIGEST, (block + 1) * DIGEST)),
  };
}

export function writeList({ numbers, codes, digests }: List): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(listBytes(codes));
  new Uint32Array(bytes.buffer, 0, numbers.length).set(numbers);
  const at = align(numbers.length * 4);
  bytes.set(digests, at);
  bytes.set(writePlane(codes, 1), at + align(digests.length));
  return bytes;
}

/** @param count of the gallery's rows. @throws DotlightError "bad-shard", "unsupported-version" */
export function readList(bytes: Uint8Array<ArrayBuffer>, name: string, of: Expected, count: number): List {
  if (bytes.length !== listBytes(of)) throw wrong(name, "the length of a list", bytes.length, listBytes(of));
  // A copy begins where four bytes may.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const numbers = new Uint32Array(whole.buffer, whole.byteOffset, of.rows);
  if (numbers.some((number) => number >= count))
    throw wrong(
      name,
      "a row's number",
      numbers.find((number) => number >= count),
      `below ${count}`,
    );
  const at = align(of.rows * 4);
  const length = blocksOf(of.rows) * DIGEST;
  // Copies, not views that would hold all of the list: codes are soon elsewhere.
  const [own, digests] = [numbers.slice(), whole.slice(at, at + length)];
  return { numbers: own, digests, codes: readFirst(whole.subarray(at + align(length)), name, of) };
}

export function writeIndex({ basis, lists }: ClusterIndex, dimension: number): Uint8Array<ArrayBuffer> {
  const whole = basis.length / dimension;
  const { bytes, header } = beginFile(indexBytes(lists.length, dimension, whole), CLUSTERS, { rows: lists.length, dimension });
  header.setUint32(16, whole, true);
  new Float32Array(bytes.buffer, HEADER, basis.length).set(basis);
  for (const [i, { file, start, first, rows, spread, sha256, centre }] of lists.entries()) {
    const at = HEADER + basis.length * 4 + i * entryBytes(dimension);
    for (const [field, value] of [file, start, first, rows].entries()) header.setUint32(at + field * 4, value, true);
    const scale = centre.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    for (const [field, value] of [spread, scale].entries()) header.setFloat32(at + 16 + field * 4, value, true);
    bytes.set(bytesOf(sha256), at + 24);
    for (let j = 0; j < dimension; j++) bytes[at + ENTRY + j] = scale > 0 ? Math.round(centre[j]! / scale) : 0;
  }
  return bytes;
}

/** @param whole the gallery's dimension. @throws DotlightError "bad-shard", "unsupported-version" */
export function readIndex(bytes: Uint8Array<ArrayBuffer>, name: string, table: ClusterTable, whole: number): ClusterIndex {
  const { dimension, lists: rows } = table;
  const header = checked(bytes, name, CLUSTERS, indexBytes(rows, dimension, whole), { rows, dimension });
  if (header.getUint32(16, true) !== whole) throw wrong(name, "the vectors' dimension", header.getUint32(16, true), whole);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const basis = Float32Array.from({ length: dimension * whole }, (_, i) => view.getFloat32(HEADER + i * 4, true));
  const lists = Array.from({ length: rows }, (_, i): ListEntry => {
    const at = HEADER + basis.length * 4 + i * entryBytes(dimension);
    const [file, start, first, own] = [0, 4, 8, 12].map((field) => view.getUint32(at + field, true)) as [number, number, number, number];
    const [spread, scale] = [16, 20].map((field) => view.getFloat32(at + field, true)) as [number, number];
    const entry = table.files[file];
    if (!entry || start + listBytes({ rows: own, dimension }) > entry.bytes || first + own > entry.rows) {
      throw wrong(name, `the place of list ${i}`, `file ${file}, byte ${start}, row ${first}`, "within the files of lists");
    }
    if (!(spread >= 0 && scale >= 0 && spread + scale < Number.POSITIVE_INFINITY))
      throw wrong(name, "a scale", "negative, NaN or infinite", "a number");
    const codes = new Int8Array(bytes.buffer, bytes.byteOffset + at + ENTRY, dimension);
    const sha256 = hexOf(bytes.subarray(at + 24, at + 24 + DIGEST));
    return { file, start, first, rows: own, spread, sha256, centre: Float32Array.from(codes, (code) => code * scale) };
  });
  if (!basis.every(Number.isFinite)) throw wrong(name, "a direction", "NaN or infinite", "a number");
  const sum = lists.reduce((all, list) => all + list.rows, 0);
  const right = table.files.reduce((all, file) => all + file.rows, 0);
  if (sum !== right) throw wrong(name, "the number of rows in lists", sum, right);
  return { basis, lists };
}

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
