import { DotlightError } from "../files/errors";
import type { Source } from "../files/source";
import { byRow } from "./by-row";
import type { RegionTable } from "./manifest";
import { beginFile, HEADER, REGIONS } from "./shard";

/** How many regions a photo has, and numbers a region. */
export type RegionShape = Pick<RegionTable, "count" | "width">;

/** A photo's regions as a gallery keeps them: a scale (f32), then a signed byte a number, padded to a multiple of 4. */
export type RegionCodes = Uint8Array<ArrayBuffer>;

/** Bytes of a photo. */
export const regionStride = ({ count, width }: RegionShape): number => Math.ceil((4 + count * width) / 4) * 4;

export const regionBytes = (rows: number, shape: RegionShape): number => HEADER + rows * regionStride(shape);

/** A photo's regions (count x width) in 8 bits. @throws DotlightError "bad-vectors" */
export function codeRegions(values: Float32Array, shape: RegionShape): RegionCodes {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (!Number.isFinite(most)) {
    throw new DotlightError("bad-vectors", "A photo's regions are no finite numbers: the encoder failed on it.", "Index the photos again.");
  }
  const scale = most / 127 || 1;
  const bytes = new Uint8Array(regionStride(shape));
  new DataView(bytes.buffer).setFloat32(0, scale, true);
  for (let i = 0; i < values.length; i++) bytes[4 + i] = Math.round(values[i]! / scale);
  return bytes;
}

/** A file of photos' regions. */
export function regionFile(photos: RegionCodes[], shape: RegionShape): Uint8Array<ArrayBuffer> {
  const [rows, stride] = [photos.length, regionStride(shape)];
  const { bytes, header } = beginFile(regionBytes(rows, shape), REGIONS, { rows, dimension: shape.count * shape.width });
  header.setUint32(16, shape.count, true);
  for (const [row, codes] of photos.entries()) bytes.set(codes, HEADER + row * stride);
  return bytes;
}

/** Reads photos' regions as they are kept, in the order asked for. */
export const regionCodes = (source: Source, table: RegionTable): ((rows: number[]) => Promise<RegionCodes[]>) =>
  byRow(source, table.files, { first: HEADER, stride: regionStride(table) });

/** Reads photos' regions, rows x count x width in the order asked for. */
export function regionReader(source: Source, table: RegionTable): (rows: number[]) => Promise<Float32Array> {
  const each = table.count * table.width;
  const read = regionCodes(source, table);
  return async (rows) => {
    const values = new Float32Array(rows.length * each);
    for (const [i, bytes] of (await read(rows)).entries()) {
      const scale = new DataView(bytes.buffer).getFloat32(0, true);
      const codes = new Int8Array(bytes.buffer, 4, each);
      for (let j = 0; j < each; j++) values[i * each + j] = codes[j]! * scale;
    }
    return values;
  };
}
