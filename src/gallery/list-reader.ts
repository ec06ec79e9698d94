import type { FileRecord, Part } from "../files/digest";
import type { ReadOptions, Source } from "../files/source";
import { type HalfRows, unhalve } from "../retrieval/half";
import {
  BLOCK_ROWS,
  blockPart,
  type ClusterIndex,
  type ClusterTable,
  type List,
  type ListEntry,
  listPart,
  readIndex,
  readList,
} from "./clusters";
import type { FileEntry, GalleryManifest } from "./manifest";
import { exactStride, readExact } from "./shard";

/** A row of a list that has been read. */
export interface ListedRow {
  entry: ListEntry;
  list: Pick<List, "numbers" | "digests">;
  row: number;
}

/** Reads what a query needs of a gallery's lists; every piece is verified by a digest of its own. */
export class ListReader {
  constructor(
    readonly source: Source,
    readonly manifest: GalleryManifest,
    readonly table: ClusterTable,
  ) {}

  /** @throws DotlightError for a file that is missing or damaged */
  async index(options: ReadOptions = {}): Promise<ClusterIndex> {
    const { index } = this.table;
    const bytes = await this.source.read(index.file, { ...options, expect: index });
    return readIndex(bytes, this.source.location + index.file, this.table, this.manifest.dimension);
  }

  /** Photos from all over the gallery. */
  async sample(): Promise<Float64Array[]> {
    const { sample } = this.table;
    const bytes = await this.source.read(sample.file, { expect: sample });
    const rows = readExact(bytes, this.source.location + sample.file, { rows: sample.rows, dimension: this.manifest.dimension });
    return Array.from({ length: rows.rows }, (_, row) => unhalve(rows, row));
  }

  /** Lists, in the order asked for. @throws DotlightError for one that is missing, cut short or altered */
  async lists(entries: ListEntry[]): Promise<List[]> {
    const { dimension } = this.table;
    const { count } = this.manifest;
    const wanted = entries.map((entry) => ({ file: this.table.files[entry.file]!, part: listPart(entry, dimension) }));
    const read = await this.#parts(wanted);
    return entries.map((entry, i) =>
      readList(read[i]!, this.source.location + wanted[i]!.file.file, { rows: entry.rows, dimension }, count),
    );
  }

  /** Full-precision rows, in the order asked for. @throws DotlightError as `lists` */
  async rows(rows: ListedRow[]): Promise<Float64Array[]> {
    const { dimension } = this.manifest;
    const wanted = rows.map(({ entry, list, row }) => ({
      file: this.table.exact[entry.file]!,
      part: blockPart(entry, list, Math.floor(row / BLOCK_ROWS), dimension),
    }));
    const read = await this.#parts(wanted);
    return rows.map(({ row }, i) => {
      const at = (row % BLOCK_ROWS) * exactStride(dimension);
      const { buffer } = read[i]!.slice(at, at + exactStride(dimension));
      const one: HalfRows = { rows: 1, dimension, halves: new Uint16Array(buffer, 4, dimension), scales: new Float32Array(buffer, 0, 1) };
      return unhalve(one, 0);
    });
  }

  /** Parts of files, each once, a file's together. */
  async #parts(wanted: { file: FileEntry; part: Part }[]): Promise<Uint8Array<ArrayBuffer>[]> {
    const files = new Map<FileEntry, Map<number, Part>>();
    for (const { file, part } of wanted) files.set(file, (files.get(file) ?? new Map()).set(part.start, part));
    const read = new Map<FileRecord, Map<number, Uint8Array<ArrayBuffer>>>();
    await Promise.all(
      [...files].map(async ([file, parts]) => {
        const ascending = [...parts.values()].sort((a, b) => a.start - b.start);
        const bytes = await this.source.parts(file.file, file, ascending);
        read.set(file, new Map(ascending.map(({ start }, i) => [start, bytes[i]!])));
      }),
    );
    return wanted.map(({ file, part }) => read.get(file)!.get(part.start)!);
  }
}
