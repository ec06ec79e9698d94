import type { Browsed } from "../engine";
import type { Photos } from "./photos";
import type { Shown } from "./use-search";

/** Photos read at a time, and the most pieces of so many that are held. */
const PIECE = 64;
const MOST_PIECES = 100;

/** A gallery in its order, read piece by piece where it is looked at: one piece at a time, those scrolled past not at all. */
export class Browsing {
  readonly #pieces = new Map<number, Shown[]>();
  /** The first and the last piece that is wanted. */
  #wanted: [number, number] = [0, 0];
  #total = 0;
  #reading = false;
  #over = false;

  constructor(
    readonly read: (from: number, to: number) => Promise<Browsed>,
    readonly on: { change: (photos: Photos) => void; problem: (error: unknown) => void },
  ) {
    this.#readOn();
  }

  end(): void {
    this.#over = true;
  }

  /** As it is now: another object whenever more of it is there. */
  #photos(): Photos {
    return {
      count: this.#total,
      at: (place) => this.#pieces.get(Math.floor(place / PIECE))?.[place % PIECE],
      want: (from, to) => {
        this.#wanted = [Math.floor(from / PIECE), Math.floor(Math.max(from, to - 1) / PIECE)];
        this.#readOn();
      },
      items: async (from, to) => (await this.read(from, to)).items,
    };
  }

  async #readOn(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      for (let piece = this.#missing(); piece !== undefined && !this.#over; piece = this.#missing()) {
        const { total, rows, items } = await this.read(piece * PIECE, (piece + 1) * PIECE);
        if (this.#over) return;
        this.#total = total;
        this.#pieces.set(
          piece,
          items.map((item, i) => ({ row: rows[i]!, item })),
        );
        if (this.#pieces.size > MOST_PIECES) this.#pieces.delete(this.#pieces.keys().next().value!);
        this.on.change(this.#photos());
      }
    } catch (error) {
      if (!this.#over) this.on.problem(error);
    } finally {
      this.#reading = false;
    }
  }

  #missing(): number | undefined {
    const [first, last] = this.#wanted;
    for (let piece = first; piece <= last; piece++) if (!this.#pieces.has(piece)) return piece;
    return undefined;
  }
}
