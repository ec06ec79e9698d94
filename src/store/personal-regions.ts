import { BLOCK } from "../files/digest";
import type { RegionTable } from "../gallery/manifest";
import { regionBytes, regionFile, regionStride } from "../gallery/regions";
import { HEADER } from "../gallery/shard";
import type { Library } from "./library";
import type { StoredFiles } from "./records";

export interface PersonalRegions {
  /** Its entries have no digests: what comes from the store cannot have changed on the way. */
  table: RegionTable;
  /** A file of the table; undefined for the path of another. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * The regions of a personal gallery as a table of the gallery format whose files are made when they are read, each of a block where a photo is not more:
 * they are most of what is stored of a photo, and a query wants fifty. Undefined where not every photo has them, all of one shape.
 */
export function personalRegions(library: Library, id: string, { numbers, regions: shape }: StoredFiles): PersonalRegions | undefined {
  if (!shape) return undefined;
  const each = Math.max(1, Math.floor((BLOCK - HEADER) / regionStride(shape)));
  const parts = new Map<string, number[]>();
  for (let at = 0; at < numbers.length; at += each)
    parts.set(`regions/${String(parts.size).padStart(4, "0")}.dot`, numbers.slice(at, at + each));
  const files = [...parts].map(([file, { length: rows }]) => ({ file, rows, bytes: regionBytes(rows, shape), sha256: "" }));
  return {
    table: { version: 1, ...shape, files },
    async read(path) {
      const part = parts.get(path);
      return part && regionFile(await library.regions(id, part, shape), shape);
    },
  };
}
