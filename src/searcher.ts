import { type Asked, Asker, type QueryPart, type Question } from "./asking";
import { ClusteredPhotos } from "./clustered-photos";
import type { Rgba } from "./encoders/image";
import { ImageEncoder } from "./encoders/image-encoder";
import { Pack } from "./encoders/pack";
import type { Device, Runtime } from "./encoders/runtime";
import { TextEncoder } from "./encoders/text-encoder";
import { EnginePhotos } from "./engine-photos";
import { DotlightError } from "./files/errors";
import type { Source } from "./files/source";
import { fill } from "./gallery/fill";
import type { CaptionText } from "./gallery/manifest";
import { type Gallery, vectorBytes } from "./gallery/reader";
import type { FindOptions, PhotoAnswer, PhotoIndex } from "./photo-index";
import { PhotoVectors, type PhotoVectorsOptions } from "./photo-vectors";
import { Reranker, type ScoreOptions } from "./reranker";
import { composeMatches } from "./retrieval/compose";
import { nearDuplicates } from "./retrieval/near-duplicates";
import { type Hit, Scan, type Vector } from "./retrieval/scan";
import { lookOf, scoreOf, type Why } from "./why";

export type { FindOptions };

/** What is being loaded; bytes. */
export interface Progress {
  stage: "runtime" | "text encoder" | "vectors" | "image encoder" | "captions" | "pictures" | "cross-encoder";
  loaded: number;
  total: number;
}

/** Milliseconds spent on a query. */
export interface Timings {
  tokenize: number;
  encode: number;
  scan: number;
}

/** A hit, with the probability that the photo matches where the query is words and the gallery has a calibration. */
export interface FoundHit extends Hit {
  probability?: number;
}

export interface SearchResult extends PhotoAnswer {
  hits: FoundHit[];
  /** The query was longer than the encoder reads. */
  truncated: boolean;
  timings: Timings;
}

/** A hit that the cross-encoder has placed: its match logit, and its place by the dot score (from 0); its probability knows of the logit. */
export interface RerankedHit extends FoundHit {
  match: number;
  before: number;
}

export interface CaptionHit extends CaptionText {
  score: number;
}

export interface SearcherOptions extends PhotoVectorsOptions {
  gallery: Gallery;
  pack: Source;
  runtime: Runtime;
  tokenizerWasm: () => Promise<BufferSource>;
  onProgress?: (progress: Progress) => void;
}

/**
 * The online path, top to bottom: words -> tokens -> query vector -> dot products -> top K; and the other way round, picture -> vector ->
 * dot products with the captions' vectors.
 */
export class Searcher {
  readonly #photos: PhotoIndex;
  #imageEncoder: Promise<ImageEncoder> | undefined;
  #reranker: Promise<Reranker> | undefined;
  readonly #captionScans = new Map<string, Promise<Scan>>();

  private constructor(
    readonly gallery: Gallery,
    readonly pack: Pack,
    readonly textEncoder: TextEncoder,
    readonly asker: Asker,
    readonly options: SearcherOptions,
  ) {
    const report = (total: number) => progressOf("vectors", total, options);
    const { engine, clusters } = gallery.manifest.tables;
    this.#photos = engine
      ? new EnginePhotos(gallery, pack)
      : clusters
        ? new ClusteredPhotos(gallery, pack, clusters, report)
        : new PhotoVectors(gallery, pack, { ...options, report });
  }

  /**
   * Opens the pack, loads its text encoder and runs it once; the gallery may still be opening, and its vectors arrive meanwhile and afterwards
   * (see `arrived`).
   * @throws DotlightError for anything missing, damaged or unfit, "wrong-pack" when the gallery was made with other encoders
   */
  static async open({
    gallery: opening,
    ...options
  }: Omit<SearcherOptions, "gallery"> & { gallery: Gallery | Promise<Gallery> }): Promise<Searcher> {
    options.runtime.start();
    const tokenizerWasm = options.tokenizerWasm();
    tokenizerWasm.catch(() => undefined);
    const pack = await Pack.open(options.pack);
    const report = progressOf("text encoder", pack.manifest.files[pack.manifest.text.file]!.bytes, options);
    const textEncoder = await TextEncoder.load(pack, options.runtime, tokenizerWasm, report);
    const warm = textEncoder.warmUp();
    warm.catch(() => undefined);
    const gallery = await opening;
    madeWith(gallery, pack);
    const searcher = new Searcher(gallery, pack, textEncoder, new Asker(textEncoder), { ...options, gallery });
    await warm;
    return searcher;
  }

  /**
   * The same encoders over another gallery, or over one whose photos have changed; `onProgress` hears of that one.
   * @throws DotlightError "wrong-pack"
   */
  over(gallery: Gallery, onProgress = this.options.onProgress): Searcher {
    madeWith(gallery, this.pack);
    const options = { ...this.options, gallery, ...(onProgress ? { onProgress } : {}) };
    const searcher = new Searcher(gallery, this.pack, this.textEncoder, this.asker, options);
    searcher.#imageEncoder = this.#imageEncoder;
    if (!searcher.notReranked)
      searcher.#reranker = this.#reranker?.then((reranker) => reranker.over(gallery, searcher.#photos.exactRows()));
    return searcher;
  }

  /**
   * Resolves when the first bits of every vector have arrived, from when on every photo can be found; to whether nothing more is to come.
   * @throws DotlightError when a shard is missing or damaged
   */
  begun(): Promise<boolean> {
    return this.#photos.begun();
  }

  /**
   * Resolves when every vector has arrived, whose later bits are not read before this is asked for: until then the line is for the first answer.
   * @throws DotlightError when a shard is missing or damaged
   */
  arrived(): Promise<void> {
    return this.#photos.arrived();
  }

  get device(): Device {
    return this.options.runtime.device;
  }

  /**
   * The k photos that answer a query best, over the vectors that have arrived.
   * @throws DotlightError "bad-query", "overtaken" when a newer query has come
   */
  async search(question: Question, k: number, options: FindOptions = {}): Promise<SearchResult> {
    const asked = await this.ask(question);
    const result = await this.find(asked, k, options);
    return asked.plain ? { ...result, hits: this.#judged(asked.vector, result.hits) } : result;
  }

  /** Words, photos, or several of them as one query; its photos are `photo`'s. @throws DotlightError "bad-query" */
  ask(question: Question, photo = (id: string) => this.photo(id)): Promise<Asked> {
    const sample = () => this.#photos.sample();
    return this.asker.ask(question, { sample, photo, encode: (picture) => this.#encodePicture(picture) });
  }

  /** The vector of the gallery's photo of this id, by which its like is found; undefined where there is none. */
  async photo(id: string): Promise<Vector | undefined> {
    const row = await this.gallery.rowOf(id);
    return row === undefined ? undefined : (await this.#photos.vectors([row]))[0];
  }

  /**
   * For each of some rows the place in their list of the first that it is nearly the same picture as, itself if there is none: the same photo
   * saved again, smaller, or a little cropped.
   */
  async nearDuplicates(rows: number[]): Promise<number[]> {
    return nearDuplicates(await this.#photos.vectors(rows));
  }

  /** The k photos whose dot score with the query is highest. @throws DotlightError "overtaken" when a newer query has come */
  async find({ truncated, spent, ...query }: Asked, k: number, options: FindOptions = {}): Promise<SearchResult> {
    const began = performance.now();
    const answer = await this.#photos.search(query, k, options);
    return { ...answer, truncated, timings: { ...spent, scan: performance.now() - began } };
  }

  /** Why the gallery cannot be re-ranked; undefined where it can. */
  get notReranked(): string | undefined {
    return Reranker.why(this.gallery, this.pack);
  }

  /**
   * The hits of a search in the order of the cross-encoder's match logits, of several phrases in that of all together; its model is loaded at the
   * first call. @throws DotlightError "overtaken" when a newer query has come, "encoder" where `notReranked` has a reason, and for queries with photos
   */
  async rerank(parts: readonly QueryPart[], hits: Hit[], options: ScoreOptions = {}): Promise<{ hits: RerankedHit[]; rerank: number }> {
    const phrases = parts.map((part) => {
      if ("words" in part) return part;
      throw new DotlightError(
        "encoder",
        "The cross-encoder reads words, and this query has a photo.",
        "The order is that of the dot scores.",
      );
    });
    const reranker = await this.#crossEncoder();
    const began = performance.now();
    const rows = hits.map(({ row }) => row);
    const scored: { weight: number; logits: Float32Array }[] = [];
    let alone: Vector | undefined;
    for (const { words, weight } of phrases) {
      const states = await this.textEncoder.encodeStates(this.textEncoder.tokenizer.encode(words));
      scored.push({ weight, logits: await reranker.score(states, rows, options) });
      if (phrases.length === 1 && weight > 0) alone = states.vector;
    }
    const matchOf = (place: number) => composeMatches(scored.map(({ weight, logits }) => ({ weight, logit: logits[place]! })));
    const matched = hits.map((hit, before) => ({ ...hit, match: matchOf(before), before }));
    const placed = alone ? this.#judged(alone, matched) : matched;
    return { hits: placed.sort((a, b) => b.match - a.match || a.before - b.before), rerank: performance.now() - began };
  }

  /**
   * Why a photo was found by a phrase: what each word adds to its score and, where the pack says it, where in the photo it looks, for which the
   * cross-encoder is loaded at the first call.
   * @throws DotlightError when its regions are missing or damaged
   */
  async why(words: string, row: number): Promise<Why> {
    const [vector] = await this.#photos.vectors([row]);
    const score = await scoreOf(this.textEncoder, words, vector!);
    const { regions } = this.pack.manifest.vision;
    const looks = this.pack.manifest.cross?.looks !== undefined && regions?.grid && !this.notReranked;
    if (!looks || (await this.pack.preprocessing()).crop) return score;
    return { ...score, look: { ...(await lookOf(this.textEncoder, await this.#crossEncoder(), words, row)), grid: regions.grid! } };
  }

  #judged<H extends Hit>(query: Vector, hits: H[]): (H & FoundHit)[] {
    const probabilities = this.#photos.relevance?.judge(query, hits);
    return probabilities ? hits.map((hit, i) => ({ ...hit, probability: probabilities[i]! })) : hits;
  }

  /** The k captions of the gallery that match a picture best: the paper's text retrieval. */
  async captionsForPicture(picture: Rgba, k: number, language: string): Promise<CaptionHit[]> {
    return this.#captions(await this.#encodePicture(picture), k, language);
  }

  /** The same for a photo of the gallery, by its stored vector: nothing is decoded or encoded. */
  async captionsForPhoto(row: number, k: number, language: string): Promise<CaptionHit[]> {
    const [vector] = await this.#photos.vectors([row]);
    return this.#captions(vector!, k, language);
  }

  async #encodePicture(picture: Rgba): Promise<Vector> {
    this.#imageEncoder ??= this.#loadImageEncoder();
    this.#imageEncoder.catch(() => {
      this.#imageEncoder = undefined;
    });
    return (await this.#imageEncoder).encode([picture]);
  }

  async #captions(vector: Vector, k: number, language: string): Promise<CaptionHit[]> {
    const { hits } = await (await this.#captionScan(language)).search(vector, k);
    const texts = await this.gallery.captionTexts(
      language,
      hits.map(({ row }) => row),
    );
    return texts.map((text, i) => ({ ...text, score: hits[i]!.score }));
  }

  #loadImageEncoder(): Promise<ImageEncoder> {
    const { vision, files } = this.pack.manifest;
    return ImageEncoder.load(this.pack, this.options.runtime, progressOf("image encoder", files[vision.file]!.bytes, this.options));
  }

  #crossEncoder(): Promise<Reranker> {
    this.#reranker ??= this.#loadReranker();
    this.#reranker.catch(() => {
      this.#reranker = undefined;
    });
    return this.#reranker;
  }

  #loadReranker(): Promise<Reranker> {
    const { cross, files } = this.pack.manifest;
    const report = cross && progressOf("cross-encoder", files[cross.file]!.bytes, this.options);
    return Reranker.load(this.gallery, this.#photos.exactRows(), this.pack, this.options.runtime, report);
  }

  #captionScan(language: string): Promise<Scan> {
    let scan = this.#captionScans.get(language);
    if (!scan) {
      scan = (async () => {
        const filled = new Scan(this.gallery.manifest.dimension);
        this.gallery.captionCount(language);
        const total = vectorBytes(this.gallery.manifest.tables.captions!.languages[language]!.vectors);
        await fill(filled, this.gallery.captionVectors(language, { onBytes: progressOf("captions", total, this.options) }));
        return filled;
      })();
      scan.catch(() => this.#captionScans.delete(language));
      this.#captionScans.set(language, scan);
    }
    return scan;
  }
}

/** @throws DotlightError "wrong-pack" when the gallery was made with other encoders than the pack's */
export function madeWith({ manifest }: Gallery, pack: Pack): void {
  const made = manifest.pack;
  if (made.fingerprint === pack.fingerprint && manifest.dimension === pack.manifest.dimension) return;
  throw new DotlightError(
    "wrong-pack",
    `The gallery "${manifest.name}" was made with the pack "${made.id}" (${made.fingerprint.slice(0, 12)}), ` +
      `this is "${pack.manifest.id}" (${pack.fingerprint.slice(0, 12)}): their vectors cannot be compared.`,
    "Open the gallery with the pack it was made with, or index its photos again with this one.",
  );
}

function progressOf(
  stage: Progress["stage"],
  total: number,
  { onProgress }: Pick<SearcherOptions, "onProgress">,
): (loaded: number) => void {
  onProgress?.({ stage, loaded: 0, total });
  return (loaded) => onProgress?.({ stage, loaded, total });
}
