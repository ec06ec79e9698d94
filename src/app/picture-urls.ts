import { MOST_IN_MEMORY } from "../gallery/pictures";

/** Addresses of the thumbnails that have been shown, by row; the oldest are given up. */
export class PictureUrls {
  readonly #urls = new Map<number, string>();

  constructor(readonly read: (row: number) => Promise<Blob | undefined>) {}

  /** The address of a photo's thumbnail, for as long as it is kept; undefined where it has none. */
  async url(row: number): Promise<string | undefined> {
    const known = this.#urls.get(row);
    if (known) return known;
    const picture = await this.read(row);
    return picture && this.put(row, picture);
  }

  /** The same, if it has been seen before. */
  known(row: number): string | undefined {
    return this.#urls.get(row);
  }

  put(row: number, picture: Blob): string {
    const known = this.#urls.get(row);
    if (known) return known;
    const url = URL.createObjectURL(picture);
    this.#urls.set(row, url);
    if (this.#urls.size > MOST_IN_MEMORY) {
      const [oldest, old] = this.#urls.entries().next().value!;
      URL.revokeObjectURL(old);
      this.#urls.delete(oldest);
    }
    return url;
  }

  clear(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }
}
