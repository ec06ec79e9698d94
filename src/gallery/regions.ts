import { DotlightError } from "../files/errors";
import type { Source } from "../files/source";
import { byRow } from "./by-row";
import type { RegionTable } from "./manifest";
import { beginFile, HEADER, REGIONS } from "./shard";

/** How many regions a photo has, and numbers a region. */
export type RegionShape = Pick<RegionTable, "count" | "width">;

/** Bytes of a photo: its scale, then a signed byte a number. */
const stride = ({ count, width }: RegionShape): number => Math.ceil((4 + count * width) / 4) * 4;

export const regionBytes = (rows: number, shape: RegionShape): number => HEADER + rows * stride(shape);

/** Photos' regions (rows x count x width) in 8 bits, each photo with a scale of its own. @throws DotlightError "bad-vectors" */
export function writeRegions(values: Float32Array, shape: RegionShape): Uint8Array<ArrayBuffer> {
  const [each, step] = [shape.count * shape.width, stride(shape)];
  const rows = values.length / each;
  const { bytes, header } = beginFile(regionBytes(rows, shape), REGIONS, { rows, dimension: each });
  header.setUint32(16, shape.count, true);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * each, (row + 1) * each);
    const most = own.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (!Number.isFinite(most)) {
      throw new DotlightError(
        "bad-vectors",
        `The regions of photo ${row} are no finite numbers: the encoder failed on it.`,
        "Index the photos again.",
      );
    }
    const scale = most / 127 || 1;
    const at = HEADER + row * step;
    header.setFloat32(at, scale, true);
    for (let i = 0; i < each; i++) bytes[at + 4 + i] = Math.round(own[i]! / scale);
  }
  return bytes;
}

/** Reads photos' regions, rows x count x width in the order asked for. */
export function regionReader(source: Source, table: RegionTable): (rows: number[]) => Promise<Float32Array> {
  const each = table.count * table.width;
  const read = byRow(source, table.files, { first: HEADER, stride: stride(table) });
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
