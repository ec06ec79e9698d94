import { BLOCK, type FileRecord, verify, verifyBlock } from "./digest";
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
  /** @throws DotlightError "missing-file", "network", "truncated", "altered", "bad-path" */
  read(path: string, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** One block (BLOCK bytes, the last one fewer) of a file whose blocks' digests are known; checked. @throws DotlightError as `read` */
  block(path: string, record: FileRecord, number: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A folder that is written; a file appears whole or not at all. */
export interface Sink {
  write(path: string, bytes: Uint8Array): Promise<void>;
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
    async block(path, record, number) {
      const url = root + safePath(path);
      const [first, last] = [number * BLOCK, Math.min(record.bytes, (number + 1) * BLOCK) - 1];
      const response = await request(url, { headers: { range: `bytes=${first}-${last}` } });
      const bytes = await collect(response, undefined, url);
      // A host that does not know ranges answers with the whole file.
      const block = response.status === 206 ? bytes : bytes.slice(first, last + 1);
      await verifyBlock(url, block, record, number);
      return block;
    },
  };
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

async function collect(response: Response, onBytes: ReadOptions["onBytes"], url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!onBytes || !response.body) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array[] = [];
  const announced = Number(response.headers.get("content-length"));
  let [loaded, told] = [0, 0];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new DotlightError("network", `${url} broke off after ${loaded} bytes.`, "Check the connection and try again.");
    });
    if (done) break;
    parts.push(value);
    loaded += value.length;
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
      return bytes;
    },
    async block(path, record, number) {
      const bytes = (await this.read(path)).slice(number * BLOCK, (number + 1) * BLOCK);
      await verifyBlock(`${location}/${path}`, bytes, record, number);
      return bytes;
    },
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
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DotlightError(
      "bad-manifest",
      `${source.location}${path} is not valid JSON (${error instanceof Error ? error.message : error}).`,
      "The file is damaged: build or upload the folder again.",
    );
  }
}
