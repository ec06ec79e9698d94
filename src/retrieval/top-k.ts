import type { Hit } from "./scan";

/** Keeps the k best of a stream of scores: a binary heap whose root is the worst kept, so most scores cost one comparison. */
export class TopK {
  readonly #scores: Float32Array;
  readonly #rows: Uint32Array;
  #size = 0;

  constructor(readonly k: number) {
    this.#scores = new Float32Array(k);
    this.#rows = new Uint32Array(k);
  }

  /** Offers the scores of consecutive rows, the first of them numbered `first`. Rows must come in ascending order. */
  offer(scores: Float32Array, first: number): void {
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      if (this.#size < this.k) this.#insert(score, first + i);
      // An equal score of a later row is worse than the root, so it is not kept.
      else if (this.k > 0 && score > this.#scores[0]!) this.#replaceRoot(score, first + i);
    }
  }

  /** Best first; equal scores by row. */
  sorted(): Hit[] {
    const hits = Array.from({ length: this.#size }, (_, i) => ({ row: this.#rows[i]!, score: this.#scores[i]! }));
    return hits.sort((a, b) => b.score - a.score || a.row - b.row);
  }

  /** Whether place a holds a worse hit than place b. */
  #worse(a: number, b: number): boolean {
    const difference = this.#scores[a]! - this.#scores[b]!;
    return difference < 0 || (difference === 0 && this.#rows[a]! > this.#rows[b]!);
  }

  #insert(score: number, row: number): void {
    let place = this.#size++;
    this.#scores[place] = score;
    this.#rows[place] = row;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#worse(place, parent)) break;
      this.#swap(place, parent);
      place = parent;
    }
  }

  #replaceRoot(score: number, row: number): void {
    this.#scores[0] = score;
    this.#rows[0] = row;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= this.#size) break;
      const worst = left + 1 < this.#size && this.#worse(left + 1, left) ? left + 1 : left;
      if (!this.#worse(worst, place)) break;
      this.#swap(place, worst);
      place = worst;
    }
  }

  #swap(a: number, b: number): void {
    [this.#scores[a], this.#scores[b]] = [this.#scores[b]!, this.#scores[a]!];
    [this.#rows[a], this.#rows[b]] = [this.#rows[b]!, this.#rows[a]!];
  }
}
