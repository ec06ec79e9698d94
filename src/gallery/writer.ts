import { recordOf } from "../files/digest";
import type { Sink } from "../files/source";
import { halve } from "../retrieval/half";
import { Phrases } from "../retrieval/phrases";
import { quantise } from "../retrieval/planes";
import type { Spread } from "../retrieval/relevance";
import { type Captions, calibrationFile, spreadsOf } from "./calibration";
import type {
  CalibrationTable,
  CaptionText,
  FileEntry,
  FragmentTable,
  GalleryManifest,
  Item,
  PhraseTable,
  RegionTable,
  VectorTable,
} from "./manifest";
import { codeRegions, type RegionCodes, type RegionShape, regionFile } from "./regions";
import { writeExact, writePlane } from "./shard";

/** Where a gallery's tables are written, and how finely what is shown of its photos is cut. */
export interface Layout {
  /** The folder of all tables below the gallery's, with a "/" at its end. */
  folder?: string;
  /** Photos whose items are read together. */
  perFragment?: number;
}

/** Rows of a shard: a plane of it is 2 MB at 256 dimensions. */
const ROWS_PER_SHARD = 16_384;
const ROWS_PER_FRAGMENT = 250;
/** Photos of a file of regions: about 14 MB. */
const REGION_ROWS = 4096;
/** Photos of a file of spreads: 512 KB. */
const SPREAD_ROWS = 65_536;

export type GalleryHead = Omit<GalleryManifest, "format" | "version" | "count" | "tables">;

/**
 * Writes a gallery as its rows come. gallery.json is written last, by finish(), so a half-written gallery does not open.
 */
export class GalleryWriter {
  readonly #images: TableWriter<Item>;
  readonly #regions: RegionWriter | undefined;
  readonly #spreads: SpreadWriter | undefined;
  readonly #captions = new Map<string, TableWriter<CaptionText>>();
  readonly #phrases = new Phrases();

  /** @param captions against which each photo is scored once, so that a search can tell a match (the pack's calibration) */
  constructor(
    readonly sink: Sink,
    readonly head: GalleryHead,
    regions?: RegionShape,
    readonly layout: Layout = {},
    captions?: Captions,
  ) {
    const { folder = "", perFragment } = layout;
    this.#regions = regions && new RegionWriter(sink, regions, `${folder}regions`);
    this.#spreads = captions && new SpreadWriter(sink, captions, `${folder}calibration`);
    const folders = { vectors: `${folder}vectors`, exact: `${folder}exact`, rows: `${folder}items` };
    this.#images = new TableWriter(sink, folders, head.dimension, 3, perFragment);
  }

  /** Photos so far. */
  get count(): number {
    return this.#images.count;
  }

  /** Adds photos: vectors (rows x dimension), as many items and, if the gallery has them, regions (rows x count x width). */
  async addImages(vectors: Float32Array, items: Item[], regions?: Float32Array): Promise<void> {
    await this.#images.add(vectors, items);
    if (this.#regions) await this.#regions.add(regions ?? new Float32Array(), items.length);
    await this.#spreads?.add(vectors, this.head.dimension);
    for (const caption of items.flatMap(({ captions = [] }) => captions)) this.#phrases.add(caption);
  }

  /** Adds captions of a language: vectors (rows x dimension) and as many texts. */
  addCaptions(language: string, vectors: Float32Array, texts: CaptionText[]): Promise<void> {
    let table = this.#captions.get(language);
    if (!table) {
      const folder = `${this.layout.folder ?? ""}captions/${language}`;
      table = new TableWriter(this.sink, { vectors: `${folder}/vectors`, rows: `${folder}/texts` }, this.head.dimension, 2);
      this.#captions.set(language, table);
    }
    return table.add(vectors, texts);
  }

  async finish(): Promise<GalleryManifest> {
    const { vectors, fragments } = await this.#images.finish();
    const languages: Record<string, { count: number; vectors: VectorTable; texts: FragmentTable }> = {};
    for (const [language, table] of this.#captions) {
      const finished = await table.finish();
      languages[language] = { count: table.count, vectors: finished.vectors, texts: finished.fragments };
    }
    const regions = await this.#regions?.finish();
    const calibration = await this.#spreads?.finish();
    const phrases = await writePhrases(this.sink, this.#phrases.list(), this.layout.folder);
    const manifest: GalleryManifest = {
      format: "dotlight-gallery",
      version: 1,
      ...this.head,
      count: this.count,
      tables: {
        vectors,
        items: fragments,
        ...(this.#captions.size > 0 ? { captions: { version: 1, languages } } : {}),
        ...(regions ? { regions } : {}),
        ...(calibration ? { calibration } : {}),
        ...(phrases ? { phrases } : {}),
      },
    };
    await this.sink.write("gallery.json", json(manifest));
    return manifest;
  }
}

/**
 * Vectors in shards beside rows of JSON in fragments. Photos have three planes and their full-precision rows; captions two planes, which is
 * what their ranking for a picture needs.
 */
class TableWriter<Row> {
  count = 0;
  readonly #planes: FileEntry[][];
  readonly #exact: FileEntry[] = [];
  readonly #fragments: FileEntry[] = [];
  #vectors: Float32Array[] = [];
  #waiting: Row[] = [];
  #vectorRows = 0;

  constructor(
    readonly sink: Sink,
    readonly folders: { vectors: string; exact?: string; rows: string },
    readonly dimension: number,
    readonly planes: 2 | 3,
    readonly perFragment = ROWS_PER_FRAGMENT,
  ) {
    this.#planes = Array.from({ length: planes }, () => []);
  }

  async add(vectors: Float32Array, rows: Row[]): Promise<void> {
    if (vectors.length !== rows.length * this.dimension) {
      throw new RangeError(`${vectors.length} numbers are not ${rows.length} vectors of ${this.dimension}.`);
    }
    this.count += rows.length;
    for (let at = 0; at < rows.length; ) {
      const take = Math.min(rows.length - at, ROWS_PER_SHARD - this.#vectorRows);
      this.#vectors.push(vectors.slice(at * this.dimension, (at + take) * this.dimension));
      this.#vectorRows += take;
      at += take;
      if (this.#vectorRows === ROWS_PER_SHARD) await this.#flushShard();
    }
    this.#waiting.push(...rows);
    while (this.#waiting.length >= this.perFragment) await this.#flushFragment();
  }

  async finish(): Promise<{ vectors: VectorTable; fragments: FragmentTable }> {
    if (this.#vectorRows > 0) await this.#flushShard();
    if (this.#waiting.length > 0) await this.#flushFragment();
    return {
      vectors: { version: 2, planes: this.#planes, ...(this.folders.exact ? { exact: this.#exact } : {}) },
      fragments: { version: 1, perFragment: this.perFragment, fragments: this.#fragments },
    };
  }

  async #flushShard(): Promise<void> {
    const all = joined(this.#vectors);
    const { vectors, exact } = this.folders;
    const name = number(this.#planes[0]!.length);
    const halves = exact ? halve(all, this.dimension) : undefined;
    const shard = quantise(all, this.dimension, this.planes, halves);
    const rows = this.#vectorRows;
    for (const [i, entries] of this.#planes.entries()) {
      await this.#write(entries, `${vectors}/${name}.${i + 1}.dot`, writePlane(shard, i + 1), rows);
    }
    if (halves) await this.#write(this.#exact, `${exact}/${name}.dot`, writeExact(halves), rows);
    this.#vectors = [];
    this.#vectorRows = 0;
  }

  async #flushFragment(): Promise<void> {
    const rows = this.#waiting.splice(0, this.perFragment);
    await this.#write(this.#fragments, `${this.folders.rows}/${number(this.#fragments.length)}.json`, json(rows), rows.length);
  }

  async #write(entries: FileEntry[], file: string, bytes: Uint8Array<ArrayBuffer>, rows: number): Promise<void> {
    await this.sink.write(file, bytes);
    entries.push({ file, rows, ...(await recordOf(bytes, file.endsWith(".dot"))) });
  }
}

/** Regions of photos, in files of REGION_ROWS. */
class RegionWriter {
  readonly #files: FileEntry[] = [];
  #waiting: RegionCodes[] = [];

  constructor(
    readonly sink: Sink,
    readonly shape: RegionShape,
    readonly folder: string,
  ) {}

  async add(values: Float32Array, rows: number): Promise<void> {
    const each = this.shape.count * this.shape.width;
    if (values.length !== rows * each) throw new RangeError(`${values.length} numbers are not the regions of ${rows} photos.`);
    for (let row = 0; row < rows; row++) {
      this.#waiting.push(codeRegions(values.subarray(row * each, (row + 1) * each), this.shape));
      if (this.#waiting.length === REGION_ROWS) await this.#flush();
    }
  }

  async finish(): Promise<RegionTable> {
    if (this.#waiting.length > 0) await this.#flush();
    return { version: 1, ...this.shape, files: this.#files };
  }

  async #flush(): Promise<void> {
    const bytes = regionFile(this.#waiting, this.shape);
    const file = `${this.folder}/${number(this.#files.length)}.dot`;
    await this.sink.write(file, bytes);
    this.#files.push({ file, rows: this.#waiting.length, ...(await recordOf(bytes, true)) });
    this.#waiting = [];
  }
}

/** What photos give to captions in general, in files of SPREAD_ROWS. */
class SpreadWriter {
  readonly #files: FileEntry[] = [];
  #waiting: Spread[] = [];

  constructor(
    readonly sink: Sink,
    readonly captions: Captions,
    readonly folder: string,
  ) {}

  async add(vectors: Float32Array, dimension: number): Promise<void> {
    const rows = Array.from({ length: vectors.length / dimension }, (_, row) => vectors.subarray(row * dimension, (row + 1) * dimension));
    this.#waiting.push(...spreadsOf(rows, this.captions));
    while (this.#waiting.length >= SPREAD_ROWS) await this.#flush();
  }

  async finish(): Promise<CalibrationTable> {
    if (this.#waiting.length > 0) await this.#flush();
    return { version: 1, digest: this.captions.digest, files: this.#files };
  }

  async #flush(): Promise<void> {
    const spreads = this.#waiting.splice(0, SPREAD_ROWS);
    const bytes = calibrationFile(spreads);
    const file = `${this.folder}/${number(this.#files.length)}.dot`;
    await this.sink.write(file, bytes);
    this.#files.push({ file, rows: spreads.length, ...(await recordOf(bytes)) });
  }
}

/** Undefined where there is none, and nothing is written. */
export async function writePhrases(sink: Sink, phrases: string[], folder = ""): Promise<PhraseTable | undefined> {
  if (phrases.length === 0) return undefined;
  const [file, bytes] = [`${folder}phrases.json`, json(phrases)];
  await sink.write(file, bytes);
  return { version: 1, file: { file, rows: phrases.length, ...(await recordOf(bytes)) } };
}

function joined(parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const number = (n: number): string => String(n).padStart(4, "0");

const json = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
