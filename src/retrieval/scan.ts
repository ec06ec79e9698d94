import { DotlightError } from "../files/errors";
import { Acceleration, type Accelerator, type ScanDevice } from "./accelerator";
import type { HalfRows } from "./half";
import { DONE, type Kernel, KernelMemory, kernelFor } from "./kernel/memory";
import { type Candidate, Finds, Job, writeTables } from "./kernel/structs";
import { badVectors, type PlaneRows } from "./planes";
import { Query } from "./query";
import { Rotation } from "./rotation";
import { keepsFew, RowFilter } from "./row-filter";
import { type Precision, StoredRows } from "./rows";
import { best, type RowReader, Settling } from "./settle";

export type Vector = Float32Array | Float64Array;

/** One answer: a row's number and its dot score. */
export interface Hit {
  row: number;
  score: number;
}

/** fast: rows are passed over that are very unlikely to be among the best. exact: only rows that cannot be. */
export type Mode = "fast" | "exact";

export interface Answer {
  /** Best first, equal scores by row. */
  hits: Hit[];
  /** Whether no row can have been missed, and the scores are in the order of the stored rows' own float64 inner products. */
  exact: boolean;
  of: Precision;
  /** Rows scanned, rows whose second plane was read, rows scored in full. */
  work: { rows: number; refined: number; settled: number };
  /** What found the candidates. */
  by: ScanDevice["kind"];
}

export interface SearchOptions {
  /** Without it: exact up to EXACT_UP_TO rows, fast beyond. */
  mode?: Mode;
  /** A bit a row, the lowest first: rows of 0 are skipped. */
  filter?: Uint8Array;
  /** Asked between slices of well under a millisecond: true ends the search, which then throws "overtaken". */
  overtaken?: () => boolean;
  /** Awaited every few milliseconds, so that messages can arrive where memory is not shared. */
  pause?: () => Promise<void>;
}

/** What ends a search when a newer query has come. */
export const newerQuery = (): DotlightError => new DotlightError("overtaken", "A newer query came.", "");

/** Other threads that work on the same job (threads.ts). */
export interface Threads {
  readonly count: number;
  /** Says that a job is about to come. */
  wake(): void;
  /** Lets all of them take slices of the job; `finds` has one a thread. */
  begin(job: number, finds: number[]): void;
  /** Waits for them all. */
  end(): void;
}

/** Galleries of up to so many rows are always searched exactly. */
export const EXACT_UP_TO = 100_000;
const LARGEST_DIMENSION = 2048;
/** Rows read in full where only first planes are in memory: of real vectors, the best 200 by four bits held the whole top ten. */
const COARSE_BEST = 200;
/** Queries that go through a block of rows while it is in the cache; each has a place for what it finds. */
const QUERIES_AT_A_TIME = 64;
/** Slices between two looks at whether a newer query has come; milliseconds between two pauses. */
const SLICES_AT_A_TIME = 2;
const PAUSE_EVERY = 3;

/** Exhaustive search by dot product: a cascade over planes of codes held in WASM memory, its end settled on full-precision rows. */
export class Scan {
  readonly memory: KernelMemory;
  readonly #kernel: Kernel;
  readonly #rotation: Rotation;
  readonly #rows: StoredRows;
  readonly #settling: Settling;
  #tables: ReturnType<typeof writeTables> | undefined;
  #threads: Threads | undefined;
  readonly #acceleration = new Acceleration();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #queries: { job: Job; finds: Finds[] }[] = [];
  readonly #filter: RowFilter;
  /** Bytes of memory that are used without any rows. */
  readonly #empty: number;

  /**
   * @param options.shared memory that other threads may work on (see setThreads); `relaxed` false holds back relaxed SIMD
   * @throws DotlightError "no-simd" where WebAssembly has no SIMD, "bad-vectors" for a dimension out of range
   */
  constructor(
    readonly dimension: number,
    { shared = false, relaxed = true }: { shared?: boolean; relaxed?: boolean } = {},
  ) {
    if (!Number.isInteger(dimension) || dimension < 1 || dimension > LARGEST_DIMENSION) {
      throw badVectors(`a dimension of ${dimension} is not within 1 to ${LARGEST_DIMENSION}`);
    }
    this.memory = new KernelMemory(shared);
    this.#kernel = kernelFor(this.memory.memory, shared, relaxed);
    this.#rotation = new Rotation(dimension);
    this.#rows = new StoredRows(this.memory, this.#rotation);
    this.#settling = new Settling(this.#rows, this.#kernel);
    this.#filter = new RowFilter(this.memory);
    this.#empty = this.memory.used;
  }

  /** How many rows can be found so far. */
  get rows(): number {
    return this.#rows.count;
  }

  /** Lets other threads help, or no longer. */
  setThreads(threads: Threads | undefined): void {
    this.#threads = threads;
  }

  /** Where candidates are found. */
  get device(): ScanDevice {
    return this.#acceleration.device;
  }

  /** Lets another device find candidates among the rows that are here; where that fails, now or later, the kernel goes on. */
  accelerate(open: () => Promise<Accelerator>): Promise<void> {
    return this.#acceleration.start(open, this.#rows.shards);
  }

  /** Where full-precision rows are read that are not in memory. */
  setReader(reader: RowReader): void {
    this.#settling.reader = reader;
  }

  /**
   * Appends rows; they are numbered on from the last. `halves` are the same rows in full precision, to be held in memory.
   * @throws DotlightError "bad-vectors" for another dimension, "no-memory"
   */
  add(shard: PlaneRows, halves?: HalfRows): void {
    this.#rows.add(shard, halves);
    this.#tables = undefined;
  }

  /** Takes all rows out; their memory is for those that are added next. Not while a search runs, nor where others work on the memory. */
  clear(): void {
    this.#rows.clear();
    this.#tables = undefined;
    this.#queries.length = 0;
    this.#filter.clear();
    this.memory.rewind(this.#empty);
  }

  /** A later plane of a shard that was added with fewer, and its meta with the second. */
  addPlane(shard: number, plane: Uint8Array, meta?: Float32Array): void {
    this.#rows.addPlane(shard, plane, meta);
    this.#tables = undefined;
  }

  /** A shard's full-precision rows, to be held in memory. */
  addExact(shard: number, rows: HalfRows): void {
    this.#rows.shards[shard]!.halves = rows;
  }

  /**
   * The k rows of the highest dot score. Fewer when there are fewer rows.
   * @throws DotlightError "bad-query" for a k below 1 or a filter of another length, "bad-vectors" for a query of another dimension, NaN or
   * infinity, "overtaken"
   */
  search(vector: Vector, k: number, options: SearchOptions = {}): Promise<Answer> {
    return this.#inTurn(() => this.#search(vector, k, options));
  }

  /** The same for several queries, row block by row block, so that the rows are read from memory once. */
  searchMany(vectors: Vector[], k: number, options: SearchOptions = {}): Promise<Answer[]> {
    return this.#inTurn(() => this.#searchMany(vectors, k, options));
  }

  /** One search at a time: they share the places where queries and finds lie. */
  #inTurn<T>(search: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(search, search);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #search(vector: Vector, k: number, options: SearchOptions): Promise<Answer> {
    // A few rows are read before another thread has woken.
    const threads = options.filter && keepsFew(options.filter) ? undefined : this.#threads;
    if (this.device.kind === "wasm" || options.filter) threads?.wake();
    const query = this.#query(vector, k, options);
    // By a filter the kernel skips rows.
    const elsewhere = options.filter ? undefined : await this.#acceleration.find(query, k, this.rows);
    if (elsewhere) return this.#finish(query, { found: elsewhere, refined: elsewhere.length, by: "webgpu" }, k, options);
    const [own] = this.#prepare([query], k, options);
    const { overtaken, pause } = options;
    const job = own!.job;
    const waiting = () => own!.finds.filter((finds) => finds.makeRoom()).length > 0;
    let paused = performance.now();
    do {
      threads?.begin(
        job.at,
        own!.finds.slice(1).map(({ at }) => at),
      );
      try {
        while (this.#kernel.work(job.at, own!.finds[0]!.at, SLICES_AT_A_TIME) !== DONE) {
          own!.finds[0]!.makeRoom();
          if (pause && performance.now() - paused > PAUSE_EVERY) {
            await pause();
            paused = performance.now();
          }
          if (overtaken?.()) {
            job.stop();
            throw newerQuery();
          }
        }
      } finally {
        threads?.end();
      }
    } while (waiting());
    return this.#finish(query, this.#together(job, own!.finds), k, options);
  }

  async #searchMany(vectors: Vector[], k: number, options: SearchOptions): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let first = 0; first < vectors.length; first += QUERIES_AT_A_TIME) {
      const queries = vectors.slice(first, first + QUERIES_AT_A_TIME).map((vector) => this.#query(vector, k, options));
      const prepared = this.#prepare(queries, k, options);
      for (let slice = 0; slice < this.#tables!.count; slice++) {
        for (const { job, finds } of prepared) {
          job.only(slice);
          while (this.#kernel.work(job.at, finds[0]!.at, 1) !== DONE) finds[0]!.makeRoom();
        }
      }
      for (const [i, query] of queries.entries()) {
        answers.push(await this.#finish(query, this.#together(prepared[i]!.job, prepared[i]!.finds.slice(0, 1)), k, options));
      }
    }
    return answers;
  }

  /** A row as it is stored in memory, in full precision where that is there. */
  vector(row: number): Float64Array {
    return this.#rows.vector(row);
  }

  #query(vector: Vector, k: number, { mode, filter }: SearchOptions): Query {
    if (!Number.isInteger(k) || k < 1) {
      throw new DotlightError("bad-query", `${k} hits were asked for.`, "Ask for a whole number of hits, at least 1.");
    }
    if (filter && filter.length !== Math.ceil(this.rows / 8)) {
      throw new DotlightError("bad-query", `A filter of ${filter.length} bytes does not fit ${this.rows} rows.`, "Make it anew.");
    }
    const exact = (mode ?? (this.rows <= EXACT_UP_TO ? "exact" : "fast")) === "exact" && !this.coarse;
    return new Query(vector, this.#rotation, this.#rows.width, exact, this.#rows.largest);
  }

  /** Only first planes are in memory, and full-precision rows must be read: what four bits cannot settle would be nearly all rows. */
  get coarse(): boolean {
    return this.#settling.reader !== undefined && this.#rows.shards.some(({ planes }) => planes.length < 2);
  }

  /** Writes queries into memory, each with a place for what is found. */
  #prepare(queries: Query[], k: number, { filter }: SearchOptions) {
    const { shards, width } = this.#rows;
    this.#tables ??= writeTables(this.memory, shards);
    const wanted = Math.min(k, Math.max(1, this.rows));
    const filterAt = filter ? this.#filter.put(filter, this.#rows) : 0;
    return queries.map((query, i) => {
      this.#queries[i] ??= { job: new Job(this.memory, width), finds: [] };
      const own = this.#queries[i];
      const threads = 1 + (i === 0 ? (this.#threads?.count ?? 0) : 0);
      while (own.finds.length < threads) own.finds.push(new Finds(this.memory));
      for (const finds of own.finds) finds.begin(wanted);
      own.job.begin(this.#tables!, query, this.#rows.bases(query), wanted, filterAt);
      return own;
    });
  }

  /** What threads have found, less what each holds that the best bound of all has ruled out since. */
  #together(job: Job, finds: Finds[]): Found {
    for (const { at } of finds) this.#kernel.compact(job.at, at);
    return { found: finds.flatMap((each) => each.list()), refined: finds.reduce((sum, each) => sum + each.refined, 0), by: "wasm" };
  }

  async #finish(query: Query, { found, refined, by }: Found, k: number, options: SearchOptions): Promise<Answer> {
    let likely = this.#settling.refine(query, best(found, k), k);
    if (this.coarse) likely = likely.sort((a, b) => b.score - a.score).slice(0, Math.max(COARSE_BEST, 4 * k));
    const rows = likely.map(({ row }) => row);
    const { scores, of } = await this.#settling.scores(query, rows);
    if (options.overtaken?.()) throw newerQuery();
    const hits = rows.map((row, i) => ({ row, score: scores[i]! })).sort((a, b) => b.score - a.score || a.row - b.row);
    const work = { rows: this.rows, refined, settled: rows.length };
    return { hits: hits.slice(0, k), exact: query.caution === 1, of, work, by };
  }
}

/** All candidates, how many rows' second plane was read for them, and what found them. */
interface Found {
  found: Candidate[];
  refined: number;
  by: ScanDevice["kind"];
}
