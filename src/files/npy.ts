import { DotlightError } from "./errors";

/** A matrix of 32-bit floats, row by row. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float32Array;
}

const MAGIC = "\x93NUMPY";

/**
 * Reads a NumPy file of a matrix of float32 (format versions 1 to 3; numpy.lib.format).
 * @throws DotlightError "bad-vectors", naming what was found and how to save it well
 */
export function readNpy(bytes: Uint8Array<ArrayBuffer>, name: string): Matrix {
  const bad = (what: string, advice = "Save it again with numpy.save from a two-dimensional array of float32.") =>
    new DotlightError("bad-vectors", `${name} ${what}.`, advice);
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 6) !== MAGIC) throw bad("is not a NumPy file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) throw bad("ends within its header");
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const end = start + length;
  if (end > bytes.length) throw bad("ends within its header");
  const header = text(start, Math.min(end, start + 4096));
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined) throw bad("has no readable header");
  if (type !== "<f4") throw bad(`holds numbers of the type ${type}, not float32`, "Save it with array.astype('float32').");
  if (/'fortran_order':\s*True/.test(header)) throw bad("is stored column by column", "Save it with numpy.ascontiguousarray(array).");
  const sizes = shape
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(Number);
  const [rows = 0, columns = 0] = sizes;
  if (sizes.length !== 2 || !(rows >= 1) || !(columns >= 1)) throw bad(`has the shape (${shape}), not rows x dimension`);
  const wanted = rows * columns * 4;
  if (bytes.length - end !== wanted) {
    throw bad(`should hold ${rows} x ${columns} numbers, ${wanted} bytes, and holds ${bytes.length - end}: it was cut short or damaged`);
  }
  const data = new Float32Array(bytes.slice(end).buffer);
  const odd = data.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw bad(`has a number that is not finite in row ${Math.floor(odd / columns)}`, "Find out which photo or caption that is.");
  return { rows, columns, data };
}
