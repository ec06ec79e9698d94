import { DotlightError } from "../files/errors";
import type { QuantisedRows } from "../retrieval/quantise";

/** "DOTL", little-endian. */
const MAGIC = 0x4c544f44;
const SHARD_VERSION = 1;
const DTYPE_I8 = 1;
const HEADER = 64;
const ALIGN = 64;

const align = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN;

/** Bytes of a shard of 8-bit rows: header, scales, codes, each section starting at a multiple of 64. */
export function shardBytes(rows: number, dimension: number): number {
  return HEADER + align(rows * 4) + rows * dimension;
}

/** Writes rows as a shard (FORMAT.md, "Shards"). */
export function writeShard({ rows, dimension, codes, scales }: QuantisedRows): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(shardBytes(rows, dimension));
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint16(4, SHARD_VERSION, true);
  header.setUint16(6, DTYPE_I8, true);
  header.setUint32(8, rows, true);
  header.setUint32(12, dimension, true);
  new Float32Array(bytes.buffer, HEADER, rows).set(scales);
  new Int8Array(bytes.buffer, HEADER + align(rows * 4), rows * dimension).set(codes);
  return bytes;
}

/**
 * Reads a shard as views of its bytes, nothing copied.
 * @throws DotlightError "bad-shard" or "unsupported-version", naming what was found and expected
 */
export function readShard(bytes: Uint8Array<ArrayBuffer>, name: string, expected: { rows: number; dimension: number }): QuantisedRows {
  const wrong = (what: string, found: unknown, right: unknown) =>
    new DotlightError(
      "bad-shard",
      `${name}: ${what} is ${found}, expected ${right}.`,
      "The file is damaged or not a shard of this gallery: build or upload the gallery again.",
    );
  if (bytes.length < HEADER) throw wrong("its length", bytes.length, `at least ${HEADER}`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  if (header.getUint32(0, true) !== MAGIC) throw wrong("its magic number", `0x${header.getUint32(0, true).toString(16)}`, "DOTL");
  const version = header.getUint16(4, true);
  if (version !== SHARD_VERSION) {
    throw new DotlightError(
      "unsupported-version",
      `${name} is a shard of version ${version}, this page reads version ${SHARD_VERSION}.`,
      "Use a newer version of Dotlight, or build the gallery again with this one.",
    );
  }
  if (header.getUint16(6, true) !== DTYPE_I8) throw wrong("its number type", header.getUint16(6, true), DTYPE_I8);
  const rows = header.getUint32(8, true);
  const dimension = header.getUint32(12, true);
  if (rows !== expected.rows) throw wrong("its number of rows", rows, expected.rows);
  if (dimension !== expected.dimension) throw wrong("its dimension", dimension, expected.dimension);
  if (bytes.length !== shardBytes(rows, dimension)) throw wrong("its length", bytes.length, shardBytes(rows, dimension));
  // A view of four-byte numbers needs an aligned start; a file that was read alone has one.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const scales = new Float32Array(whole.buffer, whole.byteOffset + HEADER, rows);
  if (!scales.every((scale) => scale >= 0 && scale < Number.POSITIVE_INFINITY))
    throw wrong("a scale", "negative, NaN or infinite", "a number");
  return { rows, dimension, scales, codes: new Int8Array(whole.buffer, whole.byteOffset + HEADER + align(rows * 4), rows * dimension) };
}
