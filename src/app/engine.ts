import { proxy, type Remote, wrap } from "comlink";
import { carryErrors } from "../../workers/plain-errors";
import type { DeviceChoice } from "../../workers/runtime";
import type { Devices, EncoderInfo, Found, GalleryInfo, SearchWorker } from "../../workers/search";
import { DotlightError, toPlain } from "../files/errors";
import type { Item } from "../gallery/manifest";
import { MOST_IN_MEMORY } from "../gallery/pictures";
import type { CaptionHit, Progress } from "../searcher";

export type { CaptionHit, DeviceChoice, EncoderInfo, Found, GalleryInfo, Item, Progress };

carryErrors();

/** The page's one door to the search worker, which is started at the first call. */
export class Engine {
  #worker: Worker | undefined;
  #remote: Remote<SearchWorker> | undefined;
  /** Rejects when the worker itself cannot be loaded, which Comlink would wait for forever. */
  #broken: Promise<never> | undefined;
  #running: Promise<unknown> | undefined;
  /** The newest query's number, shared with the worker where memory may be. */
  readonly #newest = new Int32Array(self.crossOriginIsolated ? new SharedArrayBuffer(4) : new ArrayBuffer(4));
  /** Addresses of the thumbnails that have been shown, by row; the oldest are given up. */
  readonly #pictures = new Map<number, string>();

  openGallery(url: string): Promise<GalleryInfo> {
    return this.#call((worker) => worker.openGallery(url));
  }

  loadEncoders(packs: string, on: Devices, onProgress: (progress: Progress) => void): Promise<EncoderInfo> {
    return this.#call((worker) => worker.loadEncoders(packs, on, proxy(onProgress)));
  }

  /** Resolves when something of every vector is there, so that every photo can be found; to whether that is all. */
  begun(): Promise<boolean> {
    return this.#call((worker) => worker.begun());
  }

  /** Resolves when all vectors are there. */
  arrived(): Promise<void> {
    return this.#call((worker) => worker.arrived());
  }

  /**
   * One query is in the worker at a time and only the newest waits; a newer one ends the scan of an older. Undefined for one that was
   * overtaken.
   */
  async search(words: string, k: number): Promise<Found | undefined> {
    const turn = Atomics.add(this.#newest, 0, 1) + 1;
    if (!self.crossOriginIsolated && this.#running) this.#call((worker) => worker.overtake(turn)).catch(() => undefined);
    while (this.#running) await this.#running.catch(() => undefined);
    if (turn !== this.#newest[0]) return undefined;
    const running = this.#call((worker) => worker.search(words, k, turn));
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

  /** Resolves when a small gallery's thumbnails are kept for a visit without a network, and are here to be shown. */
  async keepPictures(onProgress: (done: number, total: number) => void): Promise<void> {
    await this.#call((worker) => worker.keepPictures(proxy(onProgress)));
    // All at once and beforehand: handing over a query's pictures with its answer would delay the answer.
    for (const [row, picture] of await this.#call((worker) => worker.picturesAtHand())) this.#urlOf(row, picture);
  }

  /** The address of a photo's thumbnail, for as long as the engine is open; undefined where it has none. */
  async pictureUrl(row: number): Promise<string | undefined> {
    const known = this.#pictures.get(row);
    if (known) return known;
    const picture = await this.#call((worker) => worker.picture(row));
    return picture && this.#urlOf(row, picture);
  }

  /** The same, if it has been seen before. */
  knownPictureUrl(row: number): string | undefined {
    return this.#pictures.get(row);
  }

  items(rows: number[]): Promise<Item[]> {
    return this.#call((worker) => worker.items(rows));
  }

  captionsForPhoto(row: number, k: number, language: string): Promise<CaptionHit[]> {
    return this.#call((worker) => worker.captionsForPhoto(row, k, language));
  }

  captionsForPicture(picture: Blob, k: number, language: string): Promise<CaptionHit[]> {
    return this.#call((worker) => worker.captionsForPicture(picture, k, language));
  }

  /** A query's vector, for comparing devices (window.dotlight). */
  textVector(words: string): Promise<Float32Array> {
    return this.#call((worker) => worker.textVector(words));
  }

  #urlOf(row: number, picture: Blob): string {
    const known = this.#pictures.get(row);
    if (known) return known;
    const url = URL.createObjectURL(picture);
    this.#pictures.set(row, url);
    if (this.#pictures.size > MOST_IN_MEMORY) {
      const [oldest, old] = this.#pictures.entries().next().value!;
      URL.revokeObjectURL(old);
      this.#pictures.delete(oldest);
    }
    return url;
  }

  /** Ends the worker and with it everything it holds; the next call starts a new one. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#remote = undefined;
    this.#running = undefined;
    for (const url of this.#pictures.values()) URL.revokeObjectURL(url);
    this.#pictures.clear();
  }

  #call<T>(work: (worker: Remote<SearchWorker>) => Promise<T>): Promise<T> {
    if (!this.#remote) {
      const worker = new Worker(new URL("../../workers/search.ts", import.meta.url), { type: "module", name: "search" });
      this.#worker = worker;
      this.#remote = wrap<SearchWorker>(worker);
      if (self.crossOriginIsolated) this.#remote.share(this.#newest as Int32Array<SharedArrayBuffer>);
      this.#broken = new Promise((_, reject) => {
        worker.addEventListener("error", ({ message }) => {
          reject(
            new DotlightError(
              "encoder",
              `The search worker could not run${message ? `: ${message}` : ""}.`,
              "Reload the page; if it stays, use a current version of Chrome, Edge, Firefox or Safari.",
            ),
          );
        });
      });
      this.#broken.catch(() => undefined);
    }
    return Promise.race([work(this.#remote), this.#broken!]);
  }
}
