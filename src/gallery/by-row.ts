import { BLOCK, blockOf } from "../files/digest";
import type { Source } from "../files/source";
import type { FileEntry } from "./manifest";

/** Reads rows of `stride` bytes, beginning at `first` in each of a table's files, block by verified block: of a million a query needs a few dozen. */
export function byRow(source: Source, entries: FileEntry[], { first, stride }: { first: number; stride: number }) {
  const before = entries.map((_, i) => entries.slice(0, i).reduce((sum, { rows }) => sum + rows, 0));
  return (rows: number[]): Promise<Uint8Array<ArrayBuffer>[]> => {
    const blocks = new Map<string, Promise<Uint8Array>>();
    const readBlock = (entry: FileEntry, number: number) => {
      const name = `${entry.file} ${number}`;
      if (!blocks.has(name)) {
        const read = source.parts(entry.file, entry, [blockOf(entry, number)]);
        blocks.set(
          name,
          read.then(([block]) => block!),
        );
      }
      return blocks.get(name)!;
    };
    const read = async (row: number) => {
      const file = before.findLastIndex((count) => count <= row);
      const start = first + (row - before[file]!) * stride;
      const bytes = new Uint8Array(stride);
      // A row may lie across two blocks.
      for (let done = 0; done < stride; ) {
        const number = Math.floor((start + done) / BLOCK);
        const block = await readBlock(entries[file]!, number);
        const part = block.subarray(start + done - number * BLOCK).subarray(0, stride - done);
        bytes.set(part, done);
        done += part.length;
      }
      return bytes;
    };
    return Promise.all(rows.map(read));
  };
}
