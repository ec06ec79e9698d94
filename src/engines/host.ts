import { DotlightError } from "../files/errors";

export interface Reply {
  status: number;
  data: unknown;
}

/** How long an answer is waited for, and how often a question is asked that found nobody or a broken server. */
export interface Patience {
  seconds: number;
  tries: number;
}

/** Somebody waits before the page. */
export const VISITOR: Patience = { seconds: 10, tries: 2 };
/** A long job outlives a restart of the engine. */
export const JOB: Patience = { seconds: 120, tries: 6 };

/** Milliseconds before a question is asked again; each time twice as long. */
const WAIT = 250;

/** A vector engine's HTTP interface: JSON in, JSON out. */
export class EngineHost {
  readonly name: string;
  readonly #root: string;

  /** @param url of the engine's root, with or without a path */
  constructor(
    kind: string,
    url: string,
    readonly patience: Patience,
  ) {
    this.name = `${kind} at ${hostOf(url)}`;
    this.#root = url.replace(/\/+$/, "");
  }

  /**
   * GET, or POST with a body. Nothing is sent beside it: no cookies, no address of this page's, and no other host is asked instead.
   * @returns any answer below 500 that is JSON
   * @throws DotlightError "network", "engine"; the signal's reason
   */
  async ask(path: string, body?: unknown, signal?: AbortSignal): Promise<Reply> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#once(path, body, signal);
      } catch (error) {
        if (!(error instanceof Unsteady)) throw error;
        if (tried >= this.patience.tries) throw error.known;
      }
      await new Promise((done) => setTimeout(done, WAIT * 2 ** (tried - 1)));
      signal?.throwIfAborted();
    }
  }

  async #once(path: string, body: unknown, signal: AbortSignal | undefined): Promise<Reply> {
    const { signal: limit, end } = limitOf(this.patience.seconds * 1000);
    let reply: { status: number; type: string; text: string };
    try {
      const response = await fetch(this.#root + path, {
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        redirect: "error",
        cache: "no-store",
      });
      reply = { status: response.status, type: response.headers.get("content-type") ?? "", text: await response.text() };
    } catch (error) {
      if (signal?.aborted) throw error;
      if (limit.aborted) throw this.#slow();
      throw new Unsteady(this.#unreachable());
    } finally {
      end();
    }
    const { status, type, text } = reply;
    const data = type.includes("json") ? parsed(text) : undefined;
    if (status >= 500 || status === 429) throw new Unsteady(this.wrong(`answered ${status}${saying(data)}`));
    if (data !== undefined) return { status, data };
    const what = type.includes("html") ? "a web page" : "something that is not JSON";
    throw this.wrong(
      `answered with ${what} (${status}) instead of data`,
      "Check the address: something else may answer there, a proxy or a sign-in.",
    );
  }

  /** The answer's data, where it is one. @throws DotlightError "engine" for a refusal */
  accepted({ status, data }: Reply): unknown {
    if (status < 400) return data;
    throw this.wrong(`refused with ${status}${saying(data)}`);
  }

  wrong(what: string, advice = "Try again; if it stays so, look at the engine's log, or fill it anew with dotlight push."): DotlightError {
    return new DotlightError("engine", `${this.name}, which has this gallery's vectors, ${what}.`, advice);
  }

  #slow(): DotlightError {
    return new DotlightError(
      "network",
      `${this.name}, which has this gallery's vectors, has not answered within ${this.patience.seconds} seconds.`,
      "It may be busy or just starting: try again in a moment.",
    );
  }

  #unreachable(): DotlightError {
    // A browser does not tell a page which of these it was.
    return new DotlightError(
      "network",
      `${this.name}, which has this gallery's vectors, cannot be reached: it is not running, there is no connection, or it does not let this page ask (CORS).`,
      `Check the connection. Whoever runs it: start it, and let it allow pages from ${here()}. Then try again.`,
    );
  }
}

/** Milliseconds of waiting that are counted together. */
const TICK = 250;

/** Ends what has been waited for so long. Time in which this thread was busy, and could not have heard an answer, does not count. */
function limitOf(ms: number): { signal: AbortSignal; end: () => void } {
  const ending = new AbortController();
  let waited = 0;
  const timer = setInterval(() => {
    waited += TICK;
    if (waited >= ms) ending.abort();
  }, TICK);
  return { signal: ending.signal, end: () => clearInterval(timer) };
}

/** What may pass by itself. */
class Unsteady extends Error {
  constructor(readonly known: DotlightError) {
    super(known.message);
  }
}

/** "chroma.example.org:8000" */
export const hostOf = (url: string): string => new URL(url).host;

const here = (): string => {
  const { origin } = (globalThis as { location?: { origin?: string } }).location ?? {};
  return origin ?? "here";
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function saying(data: unknown): string {
  const { message } = (data ?? {}) as { message?: unknown };
  return typeof message === "string" ? ` (${message.slice(0, 200)})` : "";
}
