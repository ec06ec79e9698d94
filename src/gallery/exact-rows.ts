import { BLOCK } from "../files/digest";
import type { Source } from "../files/source";
import { type HalfRows, unhalve } from "../retrieval/half";
import type { RowReader } from "../retrieval/settle";
import type { FileEntry } from "./manifest";
import { exactOffset, exactStride } from "./shard";

/** Reads full-precision rows out of a gallery's files, block by verified block: a query needs a few dozen of a million. */
export function exactRows(source: Source, entries: FileEntry[], dimension: number): RowReader {
  const firsts = entries.map((_, i) => entries.slice(0, i).reduce((sum, { rows }) => sum + rows, 0));
  const read = async (row: number, blockOf: (entry: FileEntry, n: number) => Promise<Uint8Array>): Promise<Float64Array> => {
    const shard = firsts.findLastIndex((first) => first <= row);
    const entry = entries[shard]!;
    const start = exactOffset(row - firsts[shard]!, dimension);
    const bytes = new Uint8Array(exactStride(dimension));
    // A row may lie across two blocks.
    for (let done = 0; done < bytes.length; ) {
      const number = Math.floor((start + done) / BLOCK);
      const block = await blockOf(entry, number);
      const part = block.subarray(start + done - number * BLOCK).subarray(0, bytes.length - done);
      bytes.set(part, done);
      done += part.length;
    }
    const scales = new Float32Array(bytes.buffer, 0, 1);
    const one: HalfRows = { rows: 1, dimension, halves: new Uint16Array(bytes.buffer, 4, dimension), scales };
    return unhalve(one, 0);
  };
  return {
    read(rows) {
      const blocks = new Map<string, Promise<Uint8Array>>();
      const blockOf = (entry: FileEntry, number: number) => {
        const name = `${entry.file} ${number}`;
        if (!blocks.has(name)) blocks.set(name, source.block(entry.file, entry, number));
        return blocks.get(name)!;
      };
      return Promise.all(rows.map((row) => read(row, blockOf)));
    },
  };
}
