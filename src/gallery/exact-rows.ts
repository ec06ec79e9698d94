import type { Source } from "../files/source";
import { type HalfRows, unhalve } from "../retrieval/half";
import type { RowReader } from "../retrieval/settle";
import { byRow } from "./by-row";
import type { FileEntry } from "./manifest";
import { exactOffset, exactStride } from "./shard";

/** Reads full-precision rows out of a gallery's files. */
export function exactRows(source: Source, entries: FileEntry[], dimension: number): RowReader {
  const read = byRow(source, entries, { first: exactOffset(0, dimension), stride: exactStride(dimension) });
  return {
    async read(rows) {
      return (await read(rows)).map(({ buffer }) => {
        const one: HalfRows = { rows: 1, dimension, halves: new Uint16Array(buffer, 4, dimension), scales: new Float32Array(buffer, 0, 1) };
        return unhalve(one, 0);
      });
    },
  };
}
