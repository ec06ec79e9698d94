import { bankDigest, readCalibration } from "./encoders/calibration";
import type { Pack } from "./encoders/pack";
import type { Condition, Engine, EngineHit } from "./engines/engine";
import { conditionsOf, spreadOf } from "./engines/fields";
import { openEngine } from "./engines/open";
import { verifyRows } from "./engines/verify";
import { DotlightError } from "./files/errors";
import type { EngineTable } from "./gallery/manifest";
import type { Gallery } from "./gallery/reader";
import type { FindOptions, PhotoAnswer, PhotoIndex } from "./photo-index";
import { Relevance } from "./relevance";
import { asOneVector, type Composed } from "./retrieval/compose";
import type { Spread } from "./retrieval/relevance";
import { newerQuery } from "./retrieval/scan";
import type { RowReader } from "./retrieval/settle";

/** Milliseconds between two looks at whether a newer query has come, while the engine answers. */
const LOOK_EVERY = 20;
/** Photos whose spreads are remembered from answers, for when they are re-ranked. */
const MOST_SPREADS = 20_000;

/** A gallery's photos in a vector engine: it is sent the query's vector, and answers with the best photos' numbers and scores. */
export class EnginePhotos implements PhotoIndex {
  relevance: Relevance | undefined;
  readonly engine: Engine;
  readonly #table: EngineTable;
  readonly #sample: Promise<Float64Array[]>;
  /** Whether the engine has these photos, as it was when it was last asked; asked anew when something went wrong. */
  #opened: Promise<void> | undefined;
  readonly #spreads = new Map<number, Spread>();

  constructor(
    readonly gallery: Gallery,
    readonly pack: Pack,
  ) {
    this.#table = gallery.manifest.tables.engine!;
    this.engine = openEngine(this.#table);
    this.#sample = gallery.engineSample();
    // Errors surface where it is waited for.
    for (const waited of [this.#sample, this.arrived()]) waited.catch(() => undefined);
  }

  async begun(): Promise<boolean> {
    await this.arrived();
    return true;
  }

  /** Resolves when the engine is known to have this gallery's photos, all of them. @throws DotlightError "network", "engine", "wrong-pack" */
  arrived(): Promise<void> {
    if (!this.#opened) {
      this.#opened = this.#open();
      this.#opened.catch(() => this.#askAnew());
    }
    return this.#opened;
  }

  #askAnew(): void {
    this.#opened = undefined;
  }

  sample(): Promise<Float64Array[]> {
    return this.#sample;
  }

  async vectors(rows: number[]): Promise<Float64Array[]> {
    await this.arrived();
    return this.engine.vectors(rows);
  }

  exactRows(): RowReader {
    return { read: (rows) => this.vectors(rows) };
  }

  /** What is left out is taken from the query's vector: an engine ranks by one. */
  async search(query: Composed, k: number, { where = {}, overtaken }: FindOptions): Promise<PhotoAnswer> {
    await this.arrived();
    const { count } = this.gallery.manifest;
    const hits = await unlessOvertaken(overtaken, (signal) =>
      this.#ask(asOneVector(query), Math.min(k, count), conditionsOf(where), signal),
    );
    return {
      hits: hits.map(({ row, score }) => ({ row, score })).sort((a, b) => b.score - a.score || a.row - b.row),
      total: count,
      partial: false,
      exact: false,
      of: "full",
      coarse: false,
      scanner: { kind: "engine", name: this.engine.name },
    };
  }

  async #ask(vector: Float64Array, k: number, where: Condition[], signal: AbortSignal): Promise<EngineHit[]> {
    try {
      const hits = await this.engine.search(vector, k, where, { fields: this.relevance !== undefined, signal });
      // Without a filter there are as many as are wanted; how many one keeps is not known.
      if (hits.some(({ row }) => row >= this.gallery.manifest.count) || (where.length === 0 && hits.length < k)) {
        throw this.#changed(`gave ${hits.length} of ${k} photos, or others than this gallery's`);
      }
      this.#remember(hits);
      return hits;
    } catch (error) {
      if (!signal.aborted) this.#askAnew();
      throw error;
    }
  }

  #changed(what: string): DotlightError {
    return new DotlightError(
      "engine",
      `${this.engine.name} ${what}: what it holds has been changed.`,
      "Try again; if it stays so, push the gallery again.",
    );
  }

  #remember(hits: EngineHit[]): void {
    if (!this.relevance) return;
    if (this.#spreads.size > MOST_SPREADS) this.#spreads.clear();
    for (const { row, fields } of hits) {
      const spread = spreadOf(fields);
      if (!spread) throw this.#changed(`does not say what photo ${row} scores in general`);
      this.#spreads.set(row, spread);
    }
  }

  async #open(): Promise<void> {
    const { manifest } = this.gallery;
    const sample = await this.#sample;
    await verifyRows(this.engine, this.#table, { rows: manifest.count, pack: manifest.pack, sample });
    const calibration = this.#table.calibration === undefined ? undefined : await readCalibration(this.pack);
    if (!calibration || (await bankDigest(calibration.captions)) !== this.#table.calibration) return;
    this.relevance = new Relevance(calibration, (row) => this.#spreads.get(row)!);
  }
}

/** Work that a newer query ends. @throws DotlightError "overtaken" */
async function unlessOvertaken<T>(overtaken: (() => boolean) | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const look = setInterval(() => {
    if (overtaken?.()) ending.abort(newerQuery());
  }, LOOK_EVERY);
  try {
    return await work(ending.signal);
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    clearInterval(look);
  }
}
