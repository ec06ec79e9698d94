import { DotlightError } from "../files/errors";
import { missing, type ReadOptions, readJson, type Source } from "../files/source";
import { type HalfRows, unhalve } from "../retrieval/half";
import type { PlaneRows } from "../retrieval/planes";
import type { Spread } from "../retrieval/relevance";
import type { RowReader } from "../retrieval/settle";
import { readSpreads } from "./calibration";
import { exactRows } from "./exact-rows";
import type { FacetCounts } from "./facets";
import { FragmentReader } from "./fragments";
import { isCaption, isItem } from "./item-check";
import type { CaptionText, FileEntry, GalleryManifest, Item, VectorTable } from "./manifest";
import { parseManifest } from "./manifest-check";
import { readMap } from "./map";
import { regionReader } from "./regions";
import { EXACT, readExact, readFirst, readLater } from "./shard";

/** Full-precision rows of a table are held in memory up to so many bytes; beyond, they are read when they are needed. */
const EXACT_IN_MEMORY = 128e6;

/** A piece of a vector table as it arrives: all shards' first planes, then their second, and so on. */
export type VectorPiece =
  | { part: "first"; shard: number; rows: PlaneRows }
  | { part: "later"; shard: number; codes: Uint8Array; meta?: Float32Array }
  | { part: "exact"; shard: number; rows: HalfRows };

/** Files of a vector table that are on their way at a time. */
const READ_AHEAD = 4;

const MANIFEST = "gallery.json";

/** Opens a gallery: reads and checks its manifest, nothing else. */
export async function openGallery(source: Source): Promise<Gallery> {
  const manifest = parseManifest(await readJson(source, MANIFEST), source.location + MANIFEST);
  return new Gallery(source, manifest);
}

/** A gallery that is read piece by piece; each piece is verified before it is used. */
export class Gallery {
  readonly #items: FragmentReader<Item>;
  readonly #texts = new Map<string, FragmentReader<CaptionText>>();

  constructor(
    readonly source: Source,
    readonly manifest: GalleryManifest,
  ) {
    this.#items = new FragmentReader(source, manifest.tables.items, isItem);
  }

  /** Languages that captions are stored in. */
  get languages(): string[] {
    return Object.keys(this.manifest.tables.captions?.languages ?? {});
  }

  /** @throws DotlightError "engine" where an engine has the photos' vectors */
  get vectorTable(): VectorTable {
    const { vectors, engine } = this.manifest.tables;
    if (vectors) return vectors;
    throw new DotlightError(
      "engine",
      `The vectors of "${this.manifest.name}" are not among its files: the engine at ${engine!.url} has them.`,
      "Use the gallery that was pushed there.",
    );
  }

  /**
   * The photos' vectors, piece by piece; with `coarse` the first planes alone. What comes after the first planes is not asked for before `later`
   * resolves: the line is for what an answer needs.
   */
  vectors(options?: ReadOptions & { later?: Promise<unknown> }, coarse = false): AsyncGenerator<VectorPiece> {
    const { planes, ...table } = this.vectorTable;
    return this.#readVectors(coarse ? { version: 2, planes: planes.slice(0, 1) } : { ...table, planes }, options);
  }

  /** The captions' vectors, piece by piece. */
  captionVectors(language: string, options?: ReadOptions): AsyncGenerator<VectorPiece> {
    return this.#readVectors(this.#captions(language).vectors, options);
  }

  /** Vectors of photos from all over a gallery whose others an engine has. */
  async engineSample(): Promise<Float64Array[]> {
    const { file, ...entry } = this.manifest.tables.engine!.sample;
    const rows = readExact(await this.source.read(file, { expect: entry }), this.source.location + file, {
      rows: entry.rows,
      dimension: this.manifest.dimension,
    });
    return Array.from({ length: rows.rows }, (_, row) => unhalve(rows, row));
  }

  /** How many photos an engine can filter them by what. */
  async engineFacets(): Promise<FacetCounts> {
    const { file, ...entry } = this.manifest.tables.engine!.facets;
    return (await readJson(this.source, file, { expect: entry })) as FacetCounts;
  }

  /** Where the photos' full-precision rows are read one by one; undefined where there are none, or they came with the vectors. */
  exactRows(coarse = false): RowReader | undefined {
    const { exact } = this.vectorTable;
    return exact && (coarse || !fitsMemory(exact)) ? exactRows(this.source, exact, this.manifest.dimension) : undefined;
  }

  /** All photos' full-precision rows, file by file. @throws DotlightError "missing-file" where there are none */
  async *fullRows(): AsyncGenerator<HalfRows> {
    const { exact } = this.vectorTable;
    if (!exact) throw missing(`${this.source.location}exact`, "the gallery has no full-precision rows");
    for (const { file, ...entry } of exact) {
      const of = { rows: entry.rows, dimension: this.manifest.dimension };
      yield readExact(await this.source.read(file, { expect: entry }), this.source.location + file, of);
    }
  }

  /** Reads the photos' regions (rows x count x width), row by row; undefined where the gallery has none. */
  regions(): ((rows: number[]) => Promise<Float32Array>) | undefined {
    const { regions } = this.manifest.tables;
    return regions && regionReader(this.source, regions);
  }

  /** What each photo gives to queries in general, by row; undefined where the gallery does not say it. @throws DotlightError for a damaged table */
  async spreads(): Promise<((row: number) => Spread) | undefined> {
    const { calibration } = this.manifest.tables;
    return calibration && readSpreads(this.source, calibration);
  }

  /** What the photos' captions say again and again; empty where the gallery does not tell. @throws DotlightError for a damaged table */
  async phrases(): Promise<string[]> {
    const { phrases } = this.manifest.tables;
    if (!phrases) return [];
    const { file } = phrases.file;
    const list: unknown = JSON.parse(new TextDecoder().decode(await this.source.read(file, { expect: phrases.file })));
    if (Array.isArray(list) && list.length === phrases.file.rows && list.every((phrase) => typeof phrase === "string")) return list;
    throw new DotlightError(
      "bad-manifest",
      `${this.source.location}${file} is no list of ${phrases.file.rows} texts.`,
      "Build the gallery again.",
    );
  }

  /** Where each photo lies in a map of the gallery (rows x 2, from 0 to 65535); undefined where there is none. @throws DotlightError for a damaged table */
  async positions(): Promise<Uint16Array<ArrayBuffer> | undefined> {
    const { map } = this.manifest.tables;
    return map && readMap(this.source, map);
  }

  items(rows: number[]): Promise<Item[]> {
    return this.#items.rows(rows);
  }

  /** The row of the photo of this id; undefined where there is none. Items that are here already are looked through first, then the others. */
  rowOf(id: string): Promise<number | undefined> {
    return this.#items.find((item) => item.id === id);
  }

  /** A photo's thumbnail, an image file; undefined where it has none. @throws DotlightError when it is missing or damaged */
  async thumbnail(row: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const [item] = await this.items([row]);
    return item?.thumb && this.source.read(item.thumb.file, { expect: item.thumb });
  }

  /** The same at a size for looking at it alone; undefined where there is only the thumbnail. */
  async large(row: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const [item] = await this.items([row]);
    return item?.large && this.source.read(item.large.file, { expect: item.large });
  }

  async captionTexts(language: string, rows: number[]): Promise<CaptionText[]> {
    let reader = this.#texts.get(language);
    if (!reader) {
      const { count } = this.manifest;
      reader = new FragmentReader(this.source, this.#captions(language).texts, (value) => isCaption(value, count));
      this.#texts.set(language, reader);
    }
    return reader.rows(rows);
  }

  /** Number of stored captions in a language. */
  captionCount(language: string): number {
    return this.#captions(language).count;
  }

  #captions(language: string) {
    const table = this.manifest.tables.captions?.languages[language];
    if (table) return table;
    const there = this.languages.join(", ") || "none";
    throw new DotlightError(
      "missing-file",
      `The gallery "${this.manifest.name}" has no captions in "${language}" (there are: ${there}).`,
      "Choose another language, or build the gallery from a data set with captions.",
    );
  }

  /** Files are read a few ahead, and given in their order. `onBytes` hears the bytes of all of them so far. */
  async *#readVectors(
    table: VectorTable,
    { onBytes, later, ...options }: ReadOptions & { later?: Promise<unknown> } = {},
  ): AsyncGenerator<VectorPiece> {
    const exact = table.exact && fitsMemory(table.exact) ? table.exact : [];
    const files = [...table.planes.flatMap((plane, i) => plane.map((entry, shard) => ({ entry, shard, kind: i + 1 })))].concat(
      exact.map((entry, shard) => ({ entry, shard, kind: EXACT })),
    );
    const total = files.reduce((sum, { entry }) => sum + entry.bytes, 0);
    const first = table.planes[0]!.length;
    const loaded = files.map(() => 0);
    const read = (i: number) => {
      const heard = (bytes: number) => {
        loaded[i] = bytes;
        onBytes?.(
          loaded.reduce((sum, part) => sum + part, 0),
          total,
        );
      };
      const content = this.source.read(files[i]!.entry.file, { ...options, expect: files[i]!.entry, onBytes: heard });
      // Its error is for the one who asks for it.
      content.catch(() => undefined);
      return content;
    };
    const ahead: Promise<Uint8Array<ArrayBuffer>>[] = [];
    for (const [i, { entry, shard, kind }] of files.entries()) {
      if (i === first) await later;
      const end = i < first ? first : files.length;
      while (ahead.length < READ_AHEAD && i + ahead.length < end) ahead.push(read(i + ahead.length));
      const content = await ahead.shift()!;
      const [name, of] = [this.source.location + entry.file, { rows: entry.rows, dimension: this.manifest.dimension }];
      if (kind === 1) yield { part: "first", shard, rows: readFirst(content, name, of) };
      else if (kind === EXACT) yield { part: "exact", shard, rows: readExact(content, name, of) };
      else yield { part: "later", shard, ...readLater(content, name, kind === 2 ? 2 : 3, of) };
    }
  }
}

const fitsMemory = (entries: FileEntry[]): boolean => entries.reduce((sum, { bytes }) => sum + bytes, 0) <= EXACT_IN_MEMORY;

/** Bytes of all that arrives of a vector table. */
export function vectorBytes({ planes, exact = [] }: VectorTable): number {
  return [...planes.flat(), ...(fitsMemory(exact) ? exact : [])].reduce((sum, { bytes }) => sum + bytes, 0);
}
