import { sharesMemory } from "../retrieval/shared-memory";

/** What a worker offers of its turns (workers/turns.ts). */
export interface TurnTaker {
  share(numbers: Int32Array<SharedArrayBuffer>): Promise<void>;
  overtake(turn: number): Promise<void>;
}

/** The page's side of a worker's turns: the number of its newest query, in shared memory where there may be any. */
export class Newest {
  readonly #number = new Int32Array(sharesMemory() ? new SharedArrayBuffer(4) : new ArrayBuffer(4));

  /** For a worker that has just been started. */
  attach(worker: TurnTaker): void {
    if (sharesMemory()) worker.share(this.#number as Int32Array<SharedArrayBuffer>);
  }

  get number(): number {
    return this.#number[0]!;
  }

  /** Overtakes whatever runs; `tell` sends the number where memory is not shared. */
  next(tell: (turn: number) => Promise<void>): number {
    const turn = Atomics.add(this.#number, 0, 1) + 1;
    if (!sharesMemory()) tell(turn).catch(() => undefined);
    return turn;
  }
}
