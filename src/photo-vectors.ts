import type { Pack } from "./encoders/pack";
import { DotlightError } from "./files/errors";
import { fill } from "./gallery/fill";
import { type Gallery, vectorBytes } from "./gallery/reader";
import type { FindOptions, PhotoAnswer, PhotoIndex } from "./photo-index";
import { Relevance } from "./relevance";
import type { ScanChoice } from "./retrieval/accelerator";
import type { Composed } from "./retrieval/compose";
import { GpuScan } from "./retrieval/gpu/gpu-scan";
import { Scan, type Vector } from "./retrieval/scan";
import type { RowReader } from "./retrieval/settle";
import { searchWithout } from "./retrieval/without";

export interface PhotoVectorsOptions {
  /** Bytes that vectors may take in memory: a larger gallery has only its first plane there, and rows are read for the best of it. */
  memory?: number;
  /** Starts threads that help with a large gallery's scan, whose memory is then shared. */
  startThreads?: (scan: Scan) => void;
  /** Where vectors are scanned; "wasm" where nothing is said, "webgpu" for small galleries and on software adapters too. */
  scanOn?: ScanChoice;
}

/** Bytes that vectors may take in memory where nothing else is said. */
const MEMORY = 2e9;
/** Photos that stand for all of a gallery where parts of a query are weighed against each other. */
const SAMPLE = 500;
/** Photos from which other threads help: fewer are scanned in less time than it takes to wake them. */
const THREADS_FROM = 50_000;
/** Photos from which the GPU scans. An estimate, not yet measured on any GPU: fewer take the kernel hardly longer than it takes to ask one. */
const GPU_FROM = 200_000;

/** A gallery's photos by their vectors, which arrive plane by plane and are scanned here. */
export class PhotoVectors implements PhotoIndex {
  readonly scan: Scan;
  /** Whether every vector has arrived in all its bits. */
  whole = false;
  /** Set when the vectors are whole, where the gallery has a calibration. */
  relevance: Relevance | undefined;
  #sample: Vector[] | undefined;
  readonly #arriving: Promise<void>;
  readonly #begun: Promise<unknown>;
  /** Lets what comes after the first planes be read. */
  #goOn = () => {};

  /** Begins to read. `report` makes of the bytes that are to come a listener to those that have. */
  constructor(
    readonly gallery: Gallery,
    readonly pack: Pack,
    readonly options: PhotoVectorsOptions & { report: (total: number) => (loaded: number) => void },
  ) {
    const { dimension, count } = gallery.manifest;
    const many = options.startThreads !== undefined && count >= THREADS_FROM;
    this.scan = new Scan(dimension, { shared: many });
    if (many) options.startThreads!(this.scan);
    const later = new Promise<void>((resolve) => {
      this.#goOn = resolve;
    });
    let begun = () => {};
    const allBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    this.#arriving = this.#load(begun, later);
    this.#begun = Promise.race([allBegun, this.#arriving]);
    // Errors surface where the vectors are waited for.
    for (const waited of [this.#arriving, this.#begun]) waited.catch(() => undefined);
  }

  /**
   * Resolves when the first bits of every vector have arrived, from when on every photo can be found; to whether nothing more is to come.
   * @throws DotlightError when a shard is missing or damaged
   */
  async begun(): Promise<boolean> {
    await this.#begun;
    return this.whole;
  }

  /**
   * Resolves when every vector has arrived, whose later bits are not read before this is asked for: until then the line is for the first answer.
   * @throws DotlightError when a shard is missing or damaged
   */
  arrived(): Promise<void> {
    this.#goOn();
    return this.#arriving;
  }

  /** Vectors of photos from all over the gallery. */
  async sample(): Promise<Vector[]> {
    if (this.#sample) return this.#sample;
    const { rows } = this.scan;
    const step = Math.max(1, rows / SAMPLE);
    const sample = Array.from({ length: Math.min(rows, SAMPLE) }, (_, i) => this.scan.vector(Math.floor(i * step)));
    if (this.whole) this.#sample = sample;
    return sample;
  }

  async vectors(rows: number[]): Promise<Float64Array[]> {
    await this.arrived();
    return rows.map((row) => this.scan.vector(row));
  }

  exactRows(): RowReader | undefined {
    return this.gallery.exactRows(true);
  }

  async search({ vector, against }: Composed, k: number, options: FindOptions): Promise<PhotoAnswer> {
    const { hits, exact, of, work, by } = await searchWithout(this.scan, vector, against, k, options);
    return {
      hits,
      total: work.rows,
      partial: !this.whole,
      exact,
      of,
      coarse: this.scan.coarse,
      scanner: { ...this.scan.device, kind: by },
    };
  }

  /** `begun` hears when the first plane of every vector is there; the others are read when `later` resolves. */
  async #load(begun: () => void, later: Promise<void>): Promise<void> {
    const vectors = this.gallery.vectorTable;
    let coarse = vectorBytes(vectors) > (this.options.memory ?? MEMORY) && vectors.exact !== undefined;
    const report = this.options.report(vectorBytes(coarse ? { ...vectors, planes: vectors.planes.slice(0, 1) } : vectors));
    try {
      await fill(this.scan, this.gallery.vectors({ onBytes: report, later }, coarse), () => {
        if (this.scan.rows === this.gallery.manifest.count) begun();
      });
    } catch (error) {
      // What has arrived of every photo can still be searched.
      const enough = this.scan.rows === this.gallery.manifest.count && vectors.exact !== undefined;
      if (!(error instanceof DotlightError) || error.code !== "no-memory" || !enough) throw error;
      coarse = true;
    }
    const reader = this.gallery.exactRows(coarse);
    if (reader) this.scan.setReader(reader);
    this.relevance = await Relevance.open(this.gallery, this.pack);
    this.whole = true;
    await this.#accelerate();
  }

  /** Gives the GPU the vectors; the kernel answers until it has them. Who asks for the GPU waits for it. */
  async #accelerate(): Promise<void> {
    const { scanOn = "wasm" } = this.options;
    if (scanOn === "wasm" || (scanOn === "auto" && this.gallery.manifest.count < GPU_FROM)) return;
    const software = scanOn === "webgpu";
    const started = this.scan.accelerate(() => GpuScan.open(this.scan.memory, this.scan.dimension, { software }));
    if (scanOn === "webgpu") await started;
  }
}
