import type { Gallery } from "./reader";

/** Thumbnails held in memory, about 35 MB. */
export const MOST_IN_MEMORY = 5000;
/** A gallery of no more photos is kept whole, about 7 MB: looking through it then makes no request. Of a larger one only what is shown is read. */
export const MOST_KEPT_WHOLE = 1000;
const AT_ONCE = 6;

/** The thumbnails of a gallery as image files, the last read of them in memory. */
export class Pictures {
  readonly #held = new Map<number, Blob | undefined>();

  constructor(readonly gallery: Gallery) {}

  /** Those that are in memory, by row. */
  atHand(): Map<number, Blob> {
    return new Map([...this.#held].filter((entry): entry is [number, Blob] => entry[1] !== undefined));
  }

  /** One of them from wherever it is; undefined where the photo has none. @throws DotlightError when it is missing or damaged */
  async read(row: number): Promise<Blob | undefined> {
    if (this.#held.has(row)) return this.#held.get(row);
    const bytes = await this.gallery.thumbnail(row);
    const picture = bytes && new Blob([bytes]);
    this.#held.set(row, picture);
    if (this.#held.size > MOST_IN_MEMORY) this.#held.delete(this.#held.keys().next().value!);
    return picture;
  }

  /**
   * Reads all of a small gallery's thumbnails, which a caching source then has for a visit without a network, and so that no host learns
   * what was searched for. One that is missing is left out: it will be missed when it is shown.
   */
  async readAll(onRead: (done: number, total: number) => void): Promise<void> {
    const { count } = this.gallery.manifest;
    if (count > MOST_KEPT_WHOLE) return;
    let next = 0;
    let done = 0;
    const work = async () => {
      while (next < count) {
        await this.read(next++).catch(() => undefined);
        onRead(++done, count);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
