import { DotlightError } from "../files/errors";
import { kernelFor } from "./kernel/memory";
import type { Scan, Threads } from "./scan";

/** What a thread is told when it starts; it crosses to the worker by postMessage. */
export interface ThreadStart {
  memory: WebAssembly.Memory;
  control: number;
}

/** Words of the control block: an alarm that wakes the threads, which job it is (both running numbers), its address, how many threads are done,
 * how many there are; their finds. */
const ALARM = 0;
const GENERATION = 1;
const JOB = 2;
const DONE = 3;
const READY = 4;
const FINDS = 5;
/** More threads than this only wait for memory. */
export const MOST_THREADS = 8;
const ALL_SLICES = 0x7fffffff;
/** Looks at a word before a thread goes to sleep over it, about a millisecond of them: to be woken takes a good part of a scan. */
const LOOKS = 300_000;
/** A thread that takes longer for its last slice is not coming back. */
const PATIENCE = 5000;

/** What a scan thread does, for ever: waits for a job, takes slices of it, says that it is done. */
export function runThread({ memory, control }: ThreadStart): never {
  const kernel = kernelFor(memory, true);
  const words = new Int32Array(memory.buffer, control, FINDS + MOST_THREADS);
  let seen = Atomics.load(words, GENERATION);
  const own = FINDS + Atomics.add(words, READY, 1);
  for (;;) {
    const alarm = Atomics.load(words, ALARM);
    if (!changes(words, GENERATION, seen)) {
      Atomics.wait(words, ALARM, alarm);
      continue;
    }
    seen = Atomics.load(words, GENERATION);
    const finds = Atomics.exchange(words, own, 0);
    // A job that began before this thread was ready has no place for it.
    if (finds === 0) continue;
    kernel.work(Atomics.load(words, JOB), finds, ALL_SLICES);
    Atomics.add(words, DONE, 1);
    Atomics.notify(words, DONE);
  }
}

/** Whether the word becomes another within LOOKS. */
function changes(words: Int32Array, word: number, from: number): boolean {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, word) !== from) return true;
  return false;
}

/** Threads for a scan whose memory is shared; `start` starts one (a worker that calls runThread). They are used as they become ready. */
export class ThreadPool implements Threads {
  readonly #words: Int32Array;
  #expected = 0;

  constructor(
    scan: Scan,
    readonly count: number,
    start: (message: ThreadStart) => void,
  ) {
    const control = scan.memory.allocate((FINDS + MOST_THREADS) * 4);
    const { memory } = scan.memory;
    this.#words = new Int32Array(memory.buffer, control, FINDS + MOST_THREADS);
    for (let i = 0; i < count; i++) start({ memory, control });
  }

  /** Threads that have started. */
  get ready(): number {
    return Atomics.load(this.#words, READY);
  }

  wake(): void {
    Atomics.add(this.#words, ALARM, 1);
    Atomics.notify(this.#words, ALARM);
  }

  begin(job: number, finds: number[]): void {
    const words = this.#words;
    this.#expected = Math.min(this.ready, finds.length);
    Atomics.store(words, DONE, 0);
    Atomics.store(words, JOB, job);
    for (let i = 0; i < this.#expected; i++) Atomics.store(words, FINDS + i, finds[i]!);
    Atomics.add(words, GENERATION, 1);
    this.wake();
  }

  end(): void {
    for (;;) {
      const done = Atomics.load(this.#words, DONE);
      if (done >= this.#expected) return;
      if (changes(this.#words, DONE, done)) continue;
      if (Atomics.wait(this.#words, DONE, done, PATIENCE) === "timed-out") {
        throw new DotlightError("no-memory", "A search thread has stopped answering.", "Reload the page.");
      }
    }
  }
}
