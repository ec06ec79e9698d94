import { extent, type Frame } from "./camera";

/** Levels from one zoom to its double. */
const STEPS = 2;
/** Between two pictures, px. */
const GAP = 5;

/** Shorter side of the frame to the sides of pictures in the whole map, px. */
const SHARE = 0.1;
const [SMALLEST, LARGEST] = [44, 64];
/** Pictures grow less than the map they are on, and no more than to so many times their size. */
const [GROWTH, MOST_GROWN] = [0.3, 2];

/** The side of pictures at a zoom, px. */
export function sideOf({ width, height }: Frame, zoom: number): number {
  const side = Math.max(SMALLEST, Math.min(SHARE * Math.min(width, height), LARGEST));
  return side * Math.min(zoom ** GROWTH, MOST_GROWN);
}

/** Which photos of a map are shown as pictures, so that none lies on another: the more, the closer one looks, and none of those before goes. */
export class Thinning {
  readonly #levels: number[][] = [];

  /** @param places each photo's, x and y from 0 to 1 */
  constructor(
    readonly places: Float32Array,
    readonly frame: Frame,
  ) {}

  /** The level of a zoom, from 0. */
  static level(zoom: number): number {
    return Math.floor(STEPS * Math.log2(zoom) + 1e-6);
  }

  /** The rows that are shown at a level. */
  at(level: number): readonly number[] {
    for (let next = this.#levels.length; next <= level; next++) this.#levels.push(this.#add(next));
    return this.#levels[level]!;
  }

  /**
   * Of an answer's rows, the best first, those that are shown at a level with pictures `larger` than the others, and of the others those that then
   * have room.
   */
  beside(lit: readonly number[], level: number, larger: number): { lit: number[]; others: number[] } {
    const room = new Room(this.places, this.#cell(level, larger));
    const shown = lit.filter((row) => room.take(row));
    const about = new Room(this.places, this.#cell(level, (1 + larger) / 2));
    for (const row of shown) about.take(row);
    return { lit: shown, others: this.at(level).filter((row) => about.has(row)) };
  }

  #add(level: number): number[] {
    const before = this.#levels[level - 1] ?? [];
    const room = new Room(this.places, this.#cell(level, 1));
    for (const row of before) room.take(row);
    const shown = [...before];
    for (let row = 0; row < this.places.length / 2; row++) if (room.take(row)) shown.push(row);
    return shown;
  }

  /** What a picture and the gap beside it take of the map at a level. */
  #cell(level: number, larger: number): Frame {
    const zoom = 2 ** (level / STEPS);
    const side = sideOf(this.frame, zoom) * larger + GAP;
    const { width, height } = extent(this.frame);
    return { width: side / (width * zoom), height: side / (height * zoom) };
  }
}

/** Places that keep a distance from one another. */
class Room {
  readonly #cells = new Map<number, number[]>();

  constructor(
    readonly places: Float32Array,
    readonly cell: Frame,
  ) {}

  /** Whether a row has room; it then has it for itself. */
  take(row: number): boolean {
    if (!this.has(row)) return false;
    const key = this.#key(...this.#cellOf(row));
    const there = this.#cells.get(key);
    if (there) there.push(row);
    else this.#cells.set(key, [row]);
    return true;
  }

  has(row: number): boolean {
    const [column, line] = this.#cellOf(row);
    for (let right = -1; right <= 1; right++) {
      for (let down = -1; down <= 1; down++) {
        if (this.#cells.get(this.#key(column + right, line + down))?.some((other) => this.#touch(row, other))) return false;
      }
    }
    return true;
  }

  #touch(row: number, other: number): boolean {
    const [x, y] = [this.places[row * 2]! - this.places[other * 2]!, this.places[row * 2 + 1]! - this.places[other * 2 + 1]!];
    return Math.abs(x) < this.cell.width && Math.abs(y) < this.cell.height;
  }

  #cellOf(row: number): [number, number] {
    return [Math.floor(this.places[row * 2]! / this.cell.width), Math.floor(this.places[row * 2 + 1]! / this.cell.height)];
  }

  #key(column: number, line: number): number {
    return (line + 1) * 0x100000 + column + 1;
  }
}
