import { MOST_IN_MEMORY, MOST_KEPT_WHOLE } from "../gallery/pictures";

/** Pictures loaded at a time while nothing else is done, and the most that are held. */
const [AT_ONCE, MOST_HELD] = [8, 500];

/** Addresses of the thumbnails that have been shown, by row; the oldest are given up. */
export class PictureUrls {
  readonly #urls = new Map<number, string>();
  /**
   * Pictures of some addresses: as long as one is held, whatever else shows its address has it at once, where the browser would load it anew, and
   * decode it, each time it comes back into the document.
   */
  readonly #held = new Map<string, HTMLImageElement>();

  /** @param worker makes the addresses, of pictures that it has; `read` is undefined for a photo without one */
  constructor(readonly worker: { read: (row: number) => Promise<string | undefined>; forget: (urls: string[]) => void }) {}

  /** The address of a photo's thumbnail, for as long as it is kept; undefined where it has none. */
  async url(row: number): Promise<string | undefined> {
    const known = this.#urls.get(row);
    if (known) return known;
    const made = await this.worker.read(row);
    if (made === undefined) return undefined;
    const url = this.put(row, made);
    this.#hold(url);
    return url;
  }

  /** The same, if it has been seen before. */
  known(row: number): string | undefined {
    const url = this.#urls.get(row);
    if (url) this.#hold(url);
    return url;
  }

  /** Keeps an address of a photo's thumbnail, unless there is one already; returns the one that is kept. */
  put(row: number, url: string): string {
    const known = this.#urls.get(row);
    if (known) {
      this.worker.forget([url]);
      return known;
    }
    this.#urls.set(row, url);
    if (this.#urls.size > MOST_IN_MEMORY) {
      const [oldest, old] = this.#urls.entries().next().value!;
      this.worker.forget([old]);
      this.#urls.delete(oldest);
      this.#held.delete(old);
    }
    return url;
  }

  /** Loads the first of a small gallery while nothing else is done. */
  async load(): Promise<void> {
    if (this.#urls.size > MOST_KEPT_WHOLE) return;
    const urls = [...this.#urls.values()].slice(0, MOST_HELD);
    for (let first = 0; first < urls.length; first += AT_ONCE) {
      await idle();
      // Given up meanwhile.
      if (this.#urls.size === 0) return;
      await Promise.all(urls.slice(first, first + AT_ONCE).map((url) => loaded(this.#hold(url))));
    }
  }

  /** Holds a picture that is shown, or is going to be; those that have not been shown for longest are let go. */
  #hold(url: string): HTMLImageElement {
    const image = this.#held.get(url) ?? new Image();
    if (!image.src) image.src = url;
    this.#held.delete(url);
    this.#held.set(url, image);
    if (this.#held.size > MOST_HELD) this.#held.delete(this.#held.keys().next().value!);
    return image;
  }

  clear(): void {
    this.worker.forget([...this.#urls.values()]);
    this.#urls.clear();
    this.#held.clear();
  }
}

/** Resolves when a picture is there, or will not be. */
const loaded = (image: HTMLImageElement): Promise<unknown> =>
  image.complete
    ? Promise.resolve()
    : new Promise((done) => {
        image.onload = image.onerror = done;
      });

/** Resolves when the browser has nothing to do; Safari does not say so. */
const idle = (): Promise<unknown> =>
  new Promise((done) => ("requestIdleCallback" in window ? requestIdleCallback(done) : setTimeout(done, 50)));
