import { proxy } from "comlink";
import type { DeviceChoice } from "../../workers/runtime";
import type { Devices, SearchWorker } from "../../workers/search";
import type { Browsed, EncoderInfo, Found, GalleryInfo, GalleryMap, PicturePart, QueryPart } from "../../workers/search-protocol";
import { toPlain } from "../files/errors";
import type { FacetCounts, PhotoFilter } from "../gallery/facets";
import type { Item } from "../gallery/manifest";
import { Door } from "../page/door";
import { Newest } from "../page/newest";
import type { Hit } from "../retrieval/scan";
import type { CaptionHit, Progress, RerankedHit } from "../searcher";
import type { Why } from "../why";
import { PictureUrls } from "./picture-urls";

export type {
  Browsed,
  CaptionHit,
  DeviceChoice,
  EncoderInfo,
  FacetCounts,
  Found,
  GalleryInfo,
  GalleryMap,
  Hit,
  Item,
  PhotoFilter,
  PicturePart,
  Progress,
  QueryPart,
  RerankedHit,
  Why,
};

/** Large pictures at hand: the one that is looked at, its neighbours, and those just left. */
const MOST_LARGE = 8;

/** The page's one door to the search worker, which is started at once: it loads while the page is drawn for the first time. */
export class Engine {
  readonly #door = new Door<SearchWorker>(
    () => new Worker(new URL("../../workers/search.ts", import.meta.url), { type: "module", name: "search" }),
    (worker) => this.#newest.attach(worker),
  );
  #running: Promise<unknown> | undefined;
  readonly #newest = new Newest();
  readonly #pictures = new PictureUrls({
    read: (row) => this.#door.call((worker) => worker.pictureUrl(row)),
    forget: (urls) => this.#door.tell((worker) => worker.forgetUrls(urls)),
  });
  readonly #large = new Map<number, Promise<Blob | undefined>>();
  #revision: number | undefined;

  constructor() {
    this.#door.open();
  }

  openGallery(url: string): Promise<GalleryInfo> {
    return this.#door.call((worker) => worker.openGallery(url));
  }

  /** A personal gallery as it is now, after photos came or went. */
  async refresh(url: string): Promise<GalleryInfo> {
    const info = await this.#door.call((worker) => worker.refresh(url));
    // Its rows may be other photos now.
    if (info.revision !== this.#revision) {
      this.#pictures.clear();
      this.#large.clear();
    }
    this.#revision = info.revision;
    return info;
  }

  /** Keeps what had to be written to open a personal gallery, so that the next time it opens at once. */
  keepOwn(): Promise<void> {
    return this.#door.call((worker) => worker.keepOwn());
  }

  loadEncoders(packs: string, on: Devices, onProgress: (progress: Progress) => void): Promise<EncoderInfo> {
    return this.#door.call((worker) => worker.loadEncoders(packs, on, proxy(onProgress)));
  }

  /** Resolves when something of every vector is there, so that every photo can be found; to whether that is all. */
  begun(): Promise<boolean> {
    return this.#door.call((worker) => worker.begun());
  }

  /** Resolves when all vectors are there; what they have more than their first bits comes after an answer that is waited for. */
  async arrived(): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined);
    return this.#door.call((worker) => worker.arrived());
  }

  /**
   * One query is in the worker at a time and only the newest waits; a newer one ends the scan of an older. Undefined for one that was
   * overtaken.
   */
  async search(parts: QueryPart[], k: number, filter: PhotoFilter): Promise<Found | undefined> {
    const turn = this.#newest.next((newer) => this.#door.call((worker) => worker.overtake(newer)));
    while (this.#running) await this.#running.catch(() => undefined);
    if (turn !== this.#newest.number) return undefined;
    const running = this.#door.call((worker) => worker.search(parts, k, turn, filter));
    this.#running = running;
    try {
      return await running;
    } catch (error) {
      if (toPlain(error).code === "overtaken") return undefined;
      throw error;
    } finally {
      this.#running = undefined;
    }
  }

  /** Re-orders the newest query's hits by the cross-encoder; undefined if a newer query has come. */
  async rerank(parts: QueryPart[], hits: Hit[]): Promise<{ hits: RerankedHit[]; rerank: number } | undefined> {
    const turn = this.#newest.number;
    try {
      return await this.#door.call((worker) => worker.rerank(parts, hits, turn));
    } catch (error) {
      if (toPlain(error).code === "overtaken") return undefined;
      throw error;
    }
  }

  /** Resolves when a small gallery's thumbnails are kept for a visit without a network, and are here to be shown. */
  async keepPictures(onProgress: (done: number, total: number) => void): Promise<void> {
    await this.#door.call((worker) => worker.keepPictures(proxy(onProgress)));
    // All at once and beforehand: handing over a query's pictures with its answer would delay the answer.
    for (const [row, url] of await this.#door.call((worker) => worker.pictureUrls())) this.#pictures.put(row, url);
    this.#pictures.load();
  }

  /** The address of a photo's thumbnail, for as long as the engine is open; undefined where it has none. */
  pictureUrl(row: number): Promise<string | undefined> {
    return this.#pictures.url(row);
  }

  /** The same, if it has been seen before. */
  knownPictureUrl(row: number): string | undefined {
    return this.#pictures.known(row);
  }

  /** A photo at a size for looking at it alone; undefined where there is only the thumbnail. The last few stay at hand. */
  largePicture(row: number): Promise<Blob | undefined> {
    const held = this.#large.get(row);
    if (held) return held;
    const read = this.#door.call((worker) => worker.largePicture(row));
    this.#large.set(row, read);
    read.catch(() => this.#large.delete(row));
    if (this.#large.size > MOST_LARGE) this.#large.delete(this.#large.keys().next().value!);
    return read;
  }

  /** The photos most like one of the gallery, without itself. */
  similar(id: string, k: number): Promise<Omit<Browsed, "total">> {
    return this.#door.call((worker) => worker.similar(id, k));
  }

  /** Why a photo was found by a phrase. */
  why(words: string, row: number): Promise<Why> {
    return this.#door.call((worker) => worker.why(words, row));
  }

  /** Of each id the row of its photo; undefined where there is none. */
  rowsOf(ids: string[]): Promise<(number | undefined)[]> {
    return this.#door.call((worker) => worker.rowsOf(ids));
  }

  /** What the gallery's captions say again and again; nothing where that is not known. */
  phrases(): Promise<string[]> {
    return this.#door.call((worker) => worker.phrases());
  }

  /** Where the gallery's photos lie in its map; undefined where it has none. */
  map(): Promise<GalleryMap | undefined> {
    return this.#door.call((worker) => worker.map());
  }

  items(rows: number[]): Promise<Item[]> {
    return this.#door.call((worker) => worker.items(rows));
  }

  /** Of the gallery's photos in its order, those that the filter keeps, the ones from a place to before another. */
  browse(filter: PhotoFilter, from: number, to: number): Promise<Browsed> {
    return this.#door.call((worker) => worker.browse(filter, from, to));
  }

  /** The rows that the filter keeps; undefined where that is all of them. */
  kept(filter: PhotoFilter): Promise<number[] | undefined> {
    return this.#door.call((worker) => worker.kept(filter));
  }

  /** Undefined where nothing is known to filter by. */
  facets(filter: PhotoFilter): Promise<FacetCounts | undefined> {
    return this.#door.call((worker) => worker.facets(filter));
  }

  captionsForPhoto(row: number, k: number, language: string): Promise<CaptionHit[]> {
    return this.#door.call((worker) => worker.captionsForPhoto(row, k, language));
  }

  captionsForPicture(picture: Blob, k: number, language: string): Promise<CaptionHit[]> {
    return this.#door.call((worker) => worker.captionsForPicture(picture, k, language));
  }

  /** A query's vector, for comparing devices (window.dotlight). */
  textVector(words: string): Promise<Float32Array> {
    return this.#door.call((worker) => worker.textVector(words));
  }

  /** Ends the worker and with it everything it holds; the next call starts a new one. */
  close(): void {
    this.#door.close();
    this.#running = undefined;
    this.#pictures.clear();
    this.#large.clear();
  }
}
