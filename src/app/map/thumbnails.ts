import type { Engine } from "../engine";

/** Pictures that are held, and that are on their way at a time. */
const [MOST, AT_ONCE] = [800, 6];
/** Milliseconds in which a picture fades in. */
const FADES = 200;

/** Thumbnails as they can be drawn, read as they are wanted: what is no longer wanted before its turn is not read. */
export class Thumbnails {
  /** Those that are there, with when they came; null where there is none. */
  readonly #held = new Map<number, { image: HTMLImageElement; since: number } | null>();
  #waiting: number[] = [];
  #reading = 0;
  #over = false;

  /** @param came is told of each picture that can be drawn from now on */
  constructor(
    readonly engine: Engine,
    readonly came: () => void,
  ) {}

  /** These rows are looked at, the first of them first. */
  want(rows: readonly number[]): void {
    this.#waiting = rows.filter((row) => !this.#held.has(row));
    this.#readOn();
  }

  /** A picture, and how much of it is to be seen as it fades in; undefined while it is not there. */
  get(row: number, now: number): { image: HTMLImageElement; seen: number } | undefined {
    const held = this.#held.get(row);
    return held ? { image: held.image, seen: Math.min(1, (now - held.since) / FADES) } : undefined;
  }

  end(): void {
    this.#over = true;
  }

  #readOn(): void {
    while (this.#reading < AT_ONCE && this.#waiting.length > 0) {
      const row = this.#waiting.shift()!;
      this.#reading++;
      this.#held.set(row, null);
      this.#read(row)
        // A picture that is missing or damaged stays a plain tile, as in the grid.
        .catch(() => undefined)
        .finally(() => {
          this.#reading--;
          if (!this.#over) this.#readOn();
        });
    }
  }

  async #read(row: number): Promise<void> {
    const url = await this.engine.pictureUrl(row);
    if (!url) return;
    const image = new Image();
    image.src = url;
    await image.decode();
    this.#held.set(row, { image, since: performance.now() });
    if (this.#held.size > MOST) this.#held.delete(this.#held.keys().next().value!);
    if (!this.#over) this.came();
  }
}
