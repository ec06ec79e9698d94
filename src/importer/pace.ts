/** How fast photos are read; time in which the import was paused does not count. */
export class Pace {
  #spent = 0;
  #since: number | undefined;

  start(): void {
    this.#since ??= performance.now();
  }

  stop(): void {
    if (this.#since !== undefined) this.#spent += performance.now() - this.#since;
    this.#since = undefined;
  }

  /** Nothing is known before the first photo. */
  of(done: number, total: number): { perSecond?: number; secondsLeft?: number } {
    const seconds = (this.#spent + (this.#since === undefined ? 0 : performance.now() - this.#since)) / 1000;
    if (done === 0 || seconds === 0) return {};
    const perSecond = done / seconds;
    return { perSecond, secondsLeft: (total - done) / perSecond };
  }
}
