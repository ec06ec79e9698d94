import { sharesMemory } from "../src/retrieval/shared-memory";
import type { FindOptions } from "../src/searcher";
import { pause } from "./pause";

/** The worker's side of what says that a query has been overtaken (src/page/newest.ts has the page's). */
export class Turns {
  /** The running number of the newest query that the page has; in shared memory where there is any, since a scan hears no message. */
  #newest = new Int32Array(1);

  /** Where the page writes the number of its newest query. */
  share(numbers: Int32Array<SharedArrayBuffer>): void {
    this.#newest = numbers as unknown as Int32Array<ArrayBuffer>;
  }

  /** The same where memory is not shared. */
  overtake(turn: number): void {
    this.#newest[0] = turn;
  }

  /** Ends work for the query `turn` as soon as the page has a newer one. */
  until(turn: number): Pick<FindOptions, "overtaken" | "pause"> {
    const overtaken = () => Atomics.load(this.#newest, 0) > turn;
    return { overtaken, ...(sharesMemory() ? {} : { pause }) };
  }
}
