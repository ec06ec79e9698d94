import { DotlightError } from "../files/errors";
import { safePath } from "../files/path";
import { missing, type ReadOptions, readJson, type Source } from "../files/source";
import { type HalfRows, unhalve } from "../retrieval/half";
import type { PlaneRows } from "../retrieval/planes";
import type { Spread } from "../retrieval/relevance";
import type { RowReader } from "../retrieval/settle";
import { readSpreads } from "./calibration";
import { exactRows } from "./exact-rows";
import type { FacetCounts } from "./facets";
import type { CaptionText, FileEntry, FragmentTable, GalleryManifest, Item, PhotoDetails, Thumbnail, VectorTable } from "./manifest";
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

/** Fragments held in memory: a gallery of a million photos has thousands. */
const MOST_FRAGMENTS = 64;

/** Rows of JSON in fragments, the last read of them in memory. */
class FragmentReader<Row> {
  readonly #fragments = new Map<number, Promise<Row[]>>();

  constructor(
    readonly source: Source,
    readonly table: FragmentTable,
    readonly valid: (value: unknown) => boolean,
  ) {}

  async rows(numbers: number[]): Promise<Row[]> {
    const each = this.table.perFragment;
    // Once each for this call, however many others push them out meanwhile.
    const needed = new Map<number, Promise<Row[]>>();
    const fragment = (number: number) => {
      const read = needed.get(number) ?? this.#fragment(number);
      needed.set(number, read);
      return read;
    };
    return Promise.all(
      numbers.map(async (number) => {
        const row = (await fragment(Math.floor(number / each)))[number % each];
        if (row === undefined) throw new RangeError(`Row ${number} is beyond the table's end.`);
        return row;
      }),
    );
  }

  /** The first row, of fragments that are here already and then of the others, that is `wanted`; fragments without it are not kept. */
  async find(wanted: (row: Row) => boolean): Promise<number | undefined> {
    const here = [...this.#fragments.keys()];
    const others = this.table.fragments.map((_, number) => number).filter((number) => !this.#fragments.has(number));
    for (const number of [...here, ...others]) {
      const fragment = this.#fragments.get(number) ?? this.#read(number);
      const place = (await fragment).findIndex(wanted);
      if (place < 0) continue;
      this.#fragments.set(number, fragment);
      return number * this.table.perFragment + place;
    }
    return undefined;
  }

  #fragment(number: number): Promise<Row[]> {
    let fragment = this.#fragments.get(number);
    if (!fragment) {
      fragment = this.#read(number);
      // A failed read may be tried again.
      fragment.catch(() => this.#fragments.delete(number));
      this.#fragments.set(number, fragment);
      if (this.#fragments.size > MOST_FRAGMENTS) this.#fragments.delete(this.#fragments.keys().next().value!);
    }
    return fragment;
  }

  async #read(number: number): Promise<Row[]> {
    const entry = this.table.fragments[number];
    if (!entry) throw new RangeError(`Fragment ${number} is beyond the table's end.`);
    const rows = await readJson(this.source, entry.file, { expect: entry });
    if (!Array.isArray(rows) || rows.length !== entry.rows || !rows.every(this.valid)) {
      throw new DotlightError(
        "bad-manifest",
        `${this.source.location}${entry.file} does not hold ${entry.rows} well-formed rows.`,
        "The file is damaged: build the gallery again.",
      );
    }
    return rows as Row[];
  }
}

/** @throws DotlightError "bad-path" for a picture or an original outside the gallery */
function isItem(value: unknown): boolean {
  const item = value as Item;
  const text = (v: unknown) => v === undefined || typeof v === "string";
  return (
    typeof item === "object" &&
    item !== null &&
    typeof item.id === "string" &&
    (item.color === undefined || /^#[0-9a-f]{6}$/.test(item.color)) &&
    [item.thumb, item.large].every((picture) => picture === undefined || isThumbnail(picture)) &&
    (item.original === undefined || isOriginal(item.original)) &&
    [item.title, item.attribution].every(text) &&
    (item.details === undefined || isDetails(item.details)) &&
    (item.captions === undefined || (Array.isArray(item.captions) && item.captions.every((c) => typeof c === "string")))
  );
}

function isDetails({ width, height, type, taken, camera, place }: PhotoDetails): boolean {
  const within = (value: unknown, most: number) => typeof value === "number" && Math.abs(value) <= most;
  return (
    [width, height].every((value) => Number.isInteger(value) && value > 0) &&
    typeof type === "string" &&
    (taken === undefined || (typeof taken === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(taken))) &&
    (camera === undefined || typeof camera === "string") &&
    (place === undefined || (Array.isArray(place) && place.length === 2 && within(place[0], 90) && within(place[1], 180)))
  );
}

function isThumbnail({ file, bytes, sha256, width, height }: Thumbnail): boolean {
  safePath(String(file));
  return [bytes, width, height].every((value) => Number.isInteger(value) && value > 0) && /^[0-9a-f]{64}$/.test(sha256);
}

/** Nothing but a file of the gallery or an address on the web: a page makes a link of it. */
function isOriginal(original: string): boolean {
  if (/^https?:\/\//.test(original)) return URL.canParse(original);
  return safePath(String(original)) === original;
}

function isCaption(value: unknown, count: number): boolean {
  const caption = value as CaptionText;
  const row = (v: unknown) => Number.isInteger(v) && (v as number) >= 0 && (v as number) < count;
  return (
    typeof caption === "object" &&
    caption !== null &&
    typeof caption.text === "string" &&
    row(caption.image) &&
    (caption.relevant === undefined || (Array.isArray(caption.relevant) && caption.relevant.every(row)))
  );
}
