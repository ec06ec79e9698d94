import { type FileRecord, type Part, verify, verifyPart } from "./digest";
import { DotlightError } from "./errors";
import { safePath } from "./path";

export interface ReadOptions {
  /** When given, size and digest are checked before anything is returned. */
  expect?: FileRecord;
  signal?: AbortSignal;
  /** Hears the bytes read so far, and of how many as far as that is known (a compressed answer turns out longer). */
  onBytes?: (loaded: number, total: number) => void;
}

/** A folder of files, wherever it is. Packs and galleries are both such folders. */
export interface Source {
  /** Where it is, for messages. */
  readonly location: string;
  /** A file's bytes, which are the caller's. @throws DotlightError "missing-file", "network", "truncated", "altered", "bad-path" */
  read(path: string, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Parts of a file, in ascending order, each checked by its own digest; parts that adjoin may be read together, into one buffer, which is the
   * caller's. @throws DotlightError as `read`
   */
  parts(path: string, record: FileRecord, parts: Part[]): Promise<Uint8Array<ArrayBuffer>[]>;
}

/** A folder that is written; a file appears whole or not at all. */
export interface Sink {
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/**
 * Gives back the memory of bytes that nobody looks at any more, nor at others of their buffers, by handing them to nobody: a worker gets tens of
 * megabytes of what was read before it collects any. (ArrayBuffer.transfer gives back only what scripts have made, not what was fetched.)
 */
export function release(all: Iterable<Uint8Array>): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  const buffers = new Set(Array.from(all, ({ buffer }) => buffer));
  port1.postMessage(
    undefined,
    [...buffers].filter((buffer) => buffer instanceof ArrayBuffer),
  );
  port1.close();
}

/** A folder on a host, below `base`. */
export function urlSource(base: string): Source {
  const root = base.endsWith("/") ? base : `${base}/`;
  return {
    location: root,
    async read(path, { expect, signal, onBytes } = {}) {
      const url = root + safePath(path);
      const response = await request(url, signal ? { signal } : {});
      const bytes = await collect(response, onBytes, url);
      if (expect) await verify(url, bytes, expect);
      return bytes;
    },
    async parts(path, _record, parts) {
      const url = root + safePath(path);
      const runs = await Promise.all(runsOf(parts).map((run) => readRun(url, run)));
      return runs.flat();
    },
  };
}

/** `Source.parts` of a source that can be read from one byte to before another. */
export function partsBy(
  location: string,
  slice: (path: string, from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>,
): Source["parts"] {
  return (path, _record, parts) =>
    Promise.all(
      parts.map(async (part) => {
        const bytes = await slice(path, part.start, part.start + part.bytes);
        await verifyPart(location + path, bytes, part);
        return bytes;
      }),
    );
}

/** Parts that adjoin, together. */
function runsOf(parts: Part[]): Part[][] {
  const runs: Part[][] = [];
  for (const part of parts) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (last && last.start + last.bytes === part.start) run!.push(part);
    else runs.push([part]);
  }
  return runs;
}

/** Adjoining parts by one request. What came wrong is asked for once more, past any cache that may hold an older file. */
async function readRun(url: string, run: Part[]): Promise<Uint8Array<ArrayBuffer>[]> {
  try {
    return await requestRun(url, run, {});
  } catch (error) {
    if (!(error instanceof DotlightError) || !["network", "truncated", "altered"].includes(error.code)) throw error;
    return requestRun(url, run, { cache: "reload" });
  }
}

async function requestRun(url: string, run: Part[], init: RequestInit): Promise<Uint8Array<ArrayBuffer>[]> {
  const [first, { start, bytes: length }] = [run[0]!.start, run.at(-1)!];
  const end = start + length;
  const response = await request(url, { ...init, headers: { range: `bytes=${first}-${end - 1}` } });
  // A host that does not know ranges answers with the whole file, of which no more is read than is needed.
  const from = response.status === 206 ? first : 0;
  const bytes = await collect(response, undefined, url, end - from);
  return Promise.all(
    run.map(async (part) => {
      const own = bytes.subarray(part.start - from, part.start - from + part.bytes);
      await verifyPart(url, own, part);
      return own;
    }),
  );
}

/** An answer with a body that is no web page. @throws DotlightError "network", "missing-file" */
export async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new DotlightError(
      "network",
      `${url} could not be fetched: there is no connection, or the host does not allow this page to read it.`,
      "Check the connection and the address, and on another host its CORS headers; then try again.",
    );
  });
  if (!response.ok) throw missing(url, `the host answered ${response.status}`);
  if (!url.endsWith(".html") && response.headers.get("content-type")?.startsWith("text/html")) {
    throw missing(url, "the host answered with a web page instead");
  }
  return response;
}

export function missing(name: string, why: string): DotlightError {
  return new DotlightError(
    "missing-file",
    `${name} is not there: ${why}.`,
    "Check the address; if it is right, the folder on the host is incomplete and must be uploaded again.",
  );
}

/** Milliseconds between two reports of what has been loaded. */
const REPORT_EVERY = 50;

/** The body, or no more than what holds its first `most` bytes: read at once where it has no more and nobody waits to hear of it. */
async function collect(
  response: Response,
  onBytes: ReadOptions["onBytes"],
  url: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  const announced = Number(response.headers.get("content-length"));
  let [loaded, told] = [0, 0];
  const brokeOff = () => {
    throw new DotlightError("network", `${url} broke off after ${loaded} bytes.`, "Check the connection and try again.");
  };
  if (!response.body || (!onBytes && (announced === most || most === Number.POSITIVE_INFINITY)))
    return new Uint8Array(await response.arrayBuffer().catch(brokeOff));
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(brokeOff);
    if (done) break;
    parts.push(value);
    loaded += value.length;
    if (loaded > most) {
      await reader.cancel();
      break;
    }
    if (!onBytes) continue;
    // Parts are many and small, and each report is drawn.
    if (performance.now() - told < REPORT_EVERY && loaded < announced) continue;
    told = performance.now();
    onBytes(loaded, Math.max(loaded, announced));
  }
  const whole = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  release(parts);
  return whole;
}

/** Files held in memory, by path. */
export function memorySource(files: Map<string, Uint8Array<ArrayBuffer>>, location = "memory"): Source & Sink {
  return {
    location,
    async read(path, { expect } = {}) {
      const bytes = files.get(safePath(path));
      if (!bytes) throw missing(`${location}/${path}`, "no such file");
      if (expect) await verify(`${location}/${path}`, bytes, expect);
      return bytes.slice();
    },
    parts: partsBy(`${location}/`, async (path, from, to) => {
      const bytes = files.get(safePath(path));
      if (!bytes) throw missing(`${location}/${path}`, "no such file");
      return bytes.slice(from, to);
    }),
    async write(path, bytes) {
      files.set(safePath(path), new Uint8Array(bytes));
    },
  };
}

/**
 * Reads and parses a JSON file.
 * @throws DotlightError "bad-manifest" when it is no JSON.
 */
export async function readJson(source: Source, path: string, options?: ReadOptions): Promise<unknown> {
  const bytes = await source.read(path, options);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    release([bytes]);
    return JSON.parse(text);
  } catch (error) {
    throw new DotlightError(
      "bad-manifest",
      `${source.location}${path} is not valid JSON (${error instanceof Error ? error.message : error}).`,
      "The file is damaged: build or upload the folder again.",
    );
  }
}
