import type { MapTable } from "../gallery/manifest";
import { mapBytes, mapFile } from "../gallery/map";
import type { PersonalGallery, StoredMap } from "./records";

export const MAP_FILE = "map.dot";

/** The stored map as a table of the gallery format and its file; undefined where there is none of just the photos of these numbers as they are now. */
export function personalMap(
  map: StoredMap | undefined,
  { revision }: PersonalGallery,
  numbers: number[],
): { table: MapTable; file: Uint8Array<ArrayBuffer> } | undefined {
  const { length: rows } = numbers;
  if (map?.revision !== revision || map.numbers.length !== rows || numbers.some((number, row) => number !== map.numbers[row])) {
    return undefined;
  }
  return { table: { version: 1, file: { file: MAP_FILE, rows, bytes: mapBytes(rows), sha256: "" } }, file: mapFile(map.positions) };
}
