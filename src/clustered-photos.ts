import type { Pack } from "./encoders/pack";
import { DotlightError } from "./files/errors";
import { release } from "./files/source";
import { calibrationBytes } from "./gallery/calibration";
import type { ClusterIndex, ClusterTable, List } from "./gallery/clusters";
import { type ListedRow, ListReader } from "./gallery/list-reader";
import type { Gallery } from "./gallery/reader";
import type { FindOptions, PhotoAnswer, PhotoIndex } from "./photo-index";
import { Relevance } from "./relevance";
import { ordered } from "./retrieval/clusters/probing";
import type { Composed } from "./retrieval/compose";
import { dot } from "./retrieval/dot";
import { type Answer, newerQuery, Scan, type SearchOptions, type Vector } from "./retrieval/scan";
import type { RowReader } from "./retrieval/settle";
import { within } from "./retrieval/subspace";
import { searchWithout } from "./retrieval/without";

/**
 * Bytes that lists may take in the scan's memory, and those of one query more: beyond, the next query begins anew, and reads what it needs from what the
 * browser has kept.
 */
const MEMORY = 16e6;
/**
 * Rows that are read in full beside the k that are wanted: of real vectors, the best 40 by four bits in half the dimensions held the whole top ten.
 * So many times k, but no more than that of MOST_TIMES.
 */
const [TIMES, MOST_TIMES] = [3, 50];
/** Rows in full precision that stay in memory, and those of the last answer if they are more: 2 KB each at 256 dimensions. */
const MOST_ROWS = 2048;
/** A filter may leave little of the nearest lists: then twice as many are read, so many times. */
const WIDENED = 2;
/** What photos score in general is read, as a whole, up to so many bytes. */
const MOST_CALIBRATION = 2e6;

/** A gallery's photos in lists of photos that are alike: a query reads those nearest to it, and of their best photos the vectors in full. */
export class ClusteredPhotos implements PhotoIndex {
  relevance: Relevance | undefined;
  readonly #reader: ListReader;
  readonly #opened: Promise<ClusterIndex>;
  #sample: Promise<Vector[]> | undefined;
  readonly #held: Held;
  /** Vectors that were read, the one asked for last at the end. */
  readonly #rows = new Map<number, Float64Array>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly gallery: Gallery,
    readonly pack: Pack,
    readonly table: ClusterTable,
    report: (total: number) => (loaded: number) => void,
    readonly memory = MEMORY,
  ) {
    this.#reader = new ListReader(gallery.source, gallery.manifest, table);
    this.#held = new Held(table.dimension);
    this.#opened = this.#open(report(table.index.bytes));
    // Errors surface where it is waited for.
    this.#opened.catch(() => undefined);
  }

  async begun(): Promise<boolean> {
    await this.#opened;
    return true;
  }

  async arrived(): Promise<void> {
    await this.#opened;
  }

  sample(): Promise<Vector[]> {
    this.#sample ??= this.#reader.sample();
    this.#sample.catch(() => {
      this.#sample = undefined;
    });
    return this.#sample;
  }

  async vectors(rows: number[]): Promise<Float64Array[]> {
    const lacking = [...new Set(rows.filter((row) => !this.#rows.has(row)))];
    return this.#remembered(rows, lacking, lacking.length > 0 ? await this.exactRows().read(lacking) : []);
  }

  exactRows(): RowReader {
    return this.gallery.exactRows(true)!;
  }

  async search({ vector, against }: Composed, k: number, options: FindOptions): Promise<PhotoAnswer> {
    const scan = {
      search: (wanted: Vector, most: number, how?: SearchOptions) => this.#find(wanted, most, how ?? {}),
      vector: (row: number) => this.#rows.get(row)!,
    };
    const { hits, exact, of, work, by } = await searchWithout(scan, vector, against, k, options);
    return { hits, total: work.rows, partial: false, exact, of, coarse: false, scanner: { kind: by } };
  }

  async #find(vector: Vector, k: number, options: SearchOptions): Promise<Answer> {
    const index = await this.#opened;
    const { dimension } = this.gallery.manifest;
    if (vector.length !== dimension || !vector.every(Number.isFinite)) {
      throw new DotlightError("bad-vectors", `A query of ${vector.length} numbers does not fit ${dimension}.`, "Encode the query again.");
    }
    const part = within(index.basis, vector);
    const order = ordered(part, index.lists, this.table.deviations);
    for (let most = this.table.probes, widened = 0; ; most *= 2, widened++) {
      const answer = await this.#among([...order.slice(0, most)], Float64Array.from(vector), part, k, options);
      const enough = !options.filter || answer.hits.length >= k || most >= order.length || widened === WIDENED;
      if (enough) return { ...answer, exact: answer.exact && most >= order.length };
    }
  }

  /** The best rows of these lists; `exact` where all of their rows were looked at in full. */
  async #among(numbers: number[], vector: Float64Array, part: Float64Array, k: number, options: SearchOptions): Promise<Answer> {
    const { lists } = await this.#opened;
    const lacking = numbers.filter((number) => !this.#held.has(number));
    const read = await this.#reader.lists(lacking.map((number) => lists[number]!));
    check(options);
    const candidates = k + Math.min(k * TIMES, TIMES * MOST_TIMES);
    const { found, answer, kept } = await this.#inTurn(async () => {
      const held = this.#held;
      if (held.bytes > this.memory) held.clear();
      held.add(lacking, read);
      const gone = numbers.filter((number) => !held.has(number));
      held.add(gone, await this.#reader.lists(gone.map((number) => lists[number]!)));
      const { filter, kept } = held.filter(numbers, options.filter);
      const answer = await held.scan.search(part, candidates, { ...options, filter });
      return { answer, kept, found: answer.hits.map(({ row }) => held.listed(row, lists)) };
    });
    const rowOf = ({ list, row }: ListedRow) => list.numbers[row]!;
    const unread = found.filter((one) => !this.#rows.has(rowOf(one)));
    const vectors = await this.#reader.rows(unread);
    check(options);
    const full = this.#remembered(found.map(rowOf), unread.map(rowOf), vectors);
    const hits = found.map((one, i) => ({ row: rowOf(one), score: dot(vector, full[i]!) }));
    hits.sort((a, b) => b.score - a.score || a.row - b.row);
    const rows = numbers.reduce((sum, number) => sum + lists[number]!.rows, 0);
    const work = { rows, refined: answer.work.refined, settled: hits.length };
    return { hits: hits.slice(0, k), exact: hits.length === kept, of: "full", work, by: answer.by };
  }

  /** Rows' vectors, of which `read` are new; those that were asked for longest ago make room. */
  #remembered(rows: number[], unread: number[], read: Float64Array[]): Float64Array[] {
    for (const [i, row] of unread.entries()) this.#rows.set(row, read[i]!);
    const vectors = rows.map((row) => this.#rows.get(row)!);
    for (const [i, row] of rows.entries()) {
      this.#rows.delete(row);
      this.#rows.set(row, vectors[i]!);
    }
    for (const row of this.#rows.keys()) {
      if (this.#rows.size <= Math.max(MOST_ROWS, rows.length)) break;
      this.#rows.delete(row);
    }
    return vectors;
  }

  /** One after the other: lists are added to the scan, and its rows counted, by one search at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #open(onBytes: (loaded: number) => void): Promise<ClusterIndex> {
    const index = await this.#reader.index({ onBytes });
    const { calibration } = this.gallery.manifest.tables;
    if (calibration && calibrationBytes(this.gallery.manifest.count) <= MOST_CALIBRATION) {
      this.relevance = await Relevance.open(this.gallery, this.pack);
    }
    return index;
  }
}

/** Lists in the scan's memory. */
class Held {
  readonly scan: Scan;
  readonly #lists: { number: number; first: number; list: ListedRow["list"] }[] = [];
  readonly #placeOf = new Map<number, number>();

  constructor(dimension: number) {
    this.scan = new Scan(dimension);
  }

  get bytes(): number {
    return this.scan.memory.used;
  }

  clear(): void {
    this.#lists.length = 0;
    this.#placeOf.clear();
    this.scan.clear();
  }

  has(number: number): boolean {
    return this.#placeOf.has(number);
  }

  /** Lists that were read; what they were read into is given back. */
  add(added: number[], read: List[]): void {
    for (const [i, number] of added.entries()) {
      if (this.has(number)) continue;
      const { codes, numbers, digests } = read[i]!;
      this.#placeOf.set(number, this.#lists.length);
      this.#lists.push({ number, first: this.scan.rows, list: { numbers, digests } });
      this.scan.add(codes);
    }
    release(read.map(({ codes }) => codes.planes[0]!));
  }

  /** The bits of these lists' rows, those that the gallery's filter keeps, and how many they are. */
  filter(numbers: number[], photos: Uint8Array | undefined): { filter: Uint8Array; kept: number } {
    const filter = new Uint8Array(Math.ceil(this.scan.rows / 8));
    let kept = 0;
    for (const number of numbers) {
      const { first, list } = this.#lists[this.#placeOf.get(number)!]!;
      for (const [i, photo] of list.numbers.entries()) {
        if (photos && !(photos[photo >> 3]! & (1 << (photo & 7)))) continue;
        filter[(first + i) >> 3]! |= 1 << ((first + i) & 7);
        kept++;
      }
    }
    return { filter, kept };
  }

  /** A row of the scan as the list's that it is of. */
  listed(row: number, entries: ClusterIndex["lists"]): ListedRow {
    const { number, first, list } = this.#lists[this.#lists.findLastIndex((other) => other.first <= row)]!;
    return { entry: entries[number]!, list, row: row - first };
  }
}

/** @throws DotlightError "overtaken" */
function check({ overtaken }: SearchOptions): void {
  if (overtaken?.()) throw newerQuery();
}
