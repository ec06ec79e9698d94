/** The k highest of scores that come one by one, equal scores by number: a heap with the lowest of them on top. */
export class Leaders {
  #size = 0;
  readonly #ids: Int32Array;
  readonly #scores: Float64Array;

  constructor(readonly k: number) {
    this.#ids = new Int32Array(k);
    this.#scores = new Float64Array(k);
  }

  offer(id: number, score: number): void {
    if (this.#size < this.k) {
      let at = this.#size++;
      // Up from the bottom.
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!this.#behind(id, score, parent)) break;
        this.#put(at, this.#ids[parent]!, this.#scores[parent]!);
        at = parent;
      }
      this.#put(at, id, score);
    } else if (this.k > 0 && !this.#behind(id, score, 0)) {
      // Down from the top.
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= this.#size) break;
        if (child + 1 < this.#size && this.#behind(this.#ids[child + 1]!, this.#scores[child + 1]!, child)) child++;
        if (this.#behind(id, score, child)) break;
        this.#put(at, this.#ids[child]!, this.#scores[child]!);
        at = child;
      }
      this.#put(at, id, score);
    }
  }

  /** Their numbers, best first. */
  ids(): Int32Array {
    const order = Array.from({ length: this.#size }, (_, i) => i);
    order.sort((a, b) => this.#scores[b]! - this.#scores[a]! || this.#ids[a]! - this.#ids[b]!);
    return Int32Array.from(order, (i) => this.#ids[i]!);
  }

  /** Whether this one comes after the one at a place of the heap. */
  #behind(id: number, score: number, at: number): boolean {
    return score < this.#scores[at]! || (score === this.#scores[at]! && id > this.#ids[at]!);
  }

  #put(at: number, id: number, score: number): void {
    this.#ids[at] = id;
    this.#scores[at] = score;
  }
}
