import { type Remote, wrap } from "comlink";
import { carryErrors } from "../../workers/plain-errors";
import { DotlightError } from "../files/errors";

/** The way into a worker, which is started at the first call. */
export class Door<Api> {
  #worker: Worker | undefined;
  #remote: Remote<Api> | undefined;
  /** Rejects when the worker itself cannot be loaded, which Comlink would wait for forever. */
  #broken: Promise<never> | undefined;

  /** @param onStart is given each worker that is started, and what to call if it is known to have ended */
  constructor(
    readonly start: () => Worker,
    readonly onStart: (remote: Remote<Api>, ended: (error: DotlightError) => void) => void = () => {},
  ) {}

  /** Starts the worker ahead of the first call. */
  open(): void {
    if (this.#remote) return;
    carryErrors();
    const worker = this.start();
    this.#worker = worker;
    this.#remote = wrap<Api>(worker);
    this.#broken = new Promise((_, reject) => {
      this.onStart(this.#remote!, reject);
      worker.addEventListener("error", ({ message }) => {
        reject(
          new DotlightError(
            "encoder",
            `The page's worker could not run${message ? `: ${message}` : ""}.`,
            "Reload the page; if it stays, use a current version of Chrome, Edge, Firefox or Safari.",
          ),
        );
      });
    });
    this.#broken.catch(() => undefined);
  }

  /** @throws DotlightError "encoder" when the worker cannot run, and what the worker throws */
  call<T>(work: (remote: Remote<Api>) => Promise<T>): Promise<T> {
    this.open();
    return Promise.race([work(this.#remote!), this.#broken!]);
  }

  /** Says something that nobody waits for; nothing where no worker runs. */
  tell(work: (remote: Remote<Api>) => Promise<unknown>): void {
    if (this.#remote) work(this.#remote).catch(() => undefined);
  }

  /** Ends the worker and with it everything it holds; the next call starts a new one. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#remote = undefined;
  }
}
