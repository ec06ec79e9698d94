import type { Source } from "../files/source";
import type { MapTable } from "./manifest";
import { beginFile, checked, HEADER, MAP } from "./shard";

/** Where a photo lies: across and down, u16 x 2. */
const WIDTH = 2;

export const mapBytes = (rows: number): number => HEADER + rows * WIDTH * 2;

/** The file of photos' positions (rows x 2). */
export function mapFile(positions: Uint16Array): Uint8Array<ArrayBuffer> {
  const rows = positions.length / WIDTH;
  const { bytes } = beginFile(mapBytes(rows), MAP, { rows, dimension: WIDTH });
  new Uint16Array(bytes.buffer, HEADER).set(positions);
  return bytes;
}

/** Reads a whole table: the photos' positions (rows x 2). @throws DotlightError "bad-shard", as Source.read */
export async function readMap(source: Source, { file }: MapTable): Promise<Uint16Array<ArrayBuffer>> {
  const bytes = await source.read(file.file, { expect: file });
  checked(bytes, source.location + file.file, MAP, mapBytes(file.rows), { rows: file.rows, dimension: WIDTH });
  return new Uint16Array(bytes.slice(HEADER).buffer);
}
