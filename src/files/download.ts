import { type FileRecord, recordOf, verify } from "./digest";
import { DotlightError } from "./errors";
import { missing, request } from "./source";

/** A file that is arriving, piece by piece; what is there survives an interruption. */
export interface Part {
  /** Bytes that are there, and the host's tag of the file that they are of. */
  state(): Promise<{ size: number; tag?: string }>;
  /** Begins anew. */
  begin(tag: string | undefined): Promise<void>;
  append(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The file is whole and verified. */
  complete(record: FileRecord): Promise<void>;
  /** The record of a whole file. */
  record(): Promise<FileRecord | undefined>;
}

export interface DownloadOptions {
  /** When given, size and digest are checked. */
  expect?: FileRecord;
  signal?: AbortSignal;
  /** Hears how many bytes of the file are there. */
  onBytes?: (loaded: number) => void;
}

/** Bytes that are written at a time: what an interruption may lose. */
const PIECE = 1 << 22;

/**
 * Brings a file to `part`, going on where an earlier attempt ended if the host still has the same file.
 * @throws DotlightError "network" when it broke off: what has arrived stays for the next attempt; "missing-file", "truncated", "altered"
 */
export async function download(url: string, part: Part, { expect, signal, onBytes }: DownloadOptions = {}): Promise<FileRecord> {
  const known = await part.record();
  if (known) {
    onBytes?.(known.bytes);
    if (expect) await verify(url, await part.bytes(), expect);
    return known;
  }
  const { size, tag } = await part.state();
  // Without a tag only a digest can say whether the rest is of the same file.
  const resumes = size > 0 && (tag !== undefined || expect !== undefined) && size < (expect?.bytes ?? Number.POSITIVE_INFINITY);
  const ask = (headers: Record<string, string>) => request(url, { headers, ...(signal ? { signal } : {}) });
  // No If-Range, for which a browser would first ask another host's permission: the tag is compared here.
  let response = await ask(resumes ? { range: `bytes=${size}-` } : {});
  let goesOn = resumes && response.status === 206;
  if (goesOn && tag !== undefined && strong(response.headers.get("etag")) !== tag) {
    await response.body?.cancel();
    response = await ask({});
    goesOn = false;
  }
  if (!goesOn) await part.begin(strong(response.headers.get("etag")));
  let loaded = goesOn ? size : 0;
  const total = totalOf(response, loaded);
  onBytes?.(loaded);
  const pieces = new Pieces(part);
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(async (error: unknown) => {
      await pieces.flush();
      if (signal?.aborted) throw error;
      throw brokenOff(url, loaded, total);
    });
    if (done) break;
    await pieces.add(value as Uint8Array<ArrayBuffer>);
    loaded += value.length;
    onBytes?.(loaded);
  }
  await pieces.flush();
  if (total !== undefined && loaded < total) throw brokenOff(url, loaded, total);
  const bytes = await part.bytes();
  refusePage(url, bytes);
  if (expect) await verify(url, bytes, expect);
  const record = await recordOf(bytes);
  await part.complete(record);
  return record;
}

/** A weak tag does not promise the same bytes. */
const strong = (tag: string | null): string | undefined => (tag && !tag.startsWith("W/") ? tag : undefined);

/** The whole file's length, where the host says it and the body is not compressed on its way. */
function totalOf({ headers, status }: Response, already: number): number | undefined {
  if (headers.get("content-encoding")) return undefined;
  const length = headers.get("content-length");
  return length === null ? undefined : Number(length) + (status === 206 ? already : 0);
}

const brokenOff = (url: string, loaded: number, total: number | undefined) =>
  new DotlightError(
    "network",
    `${url} broke off after ${loaded}${total === undefined ? "" : ` of ${total}`} bytes.`,
    "Check the connection and begin again: what has arrived is kept, and only the rest is fetched.",
  );

class Pieces {
  #held: Uint8Array[] = [];
  #length = 0;
  constructor(readonly part: Part) {}

  async add(chunk: Uint8Array): Promise<void> {
    this.#held.push(chunk);
    this.#length += chunk.length;
    if (this.#length >= PIECE) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#length === 0) return;
    const piece = joined(this.#held, this.#length);
    this.#held = [];
    this.#length = 0;
    await this.part.append(piece);
  }
}

function joined(pieces: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** An error page may call itself something else. */
function refusePage(url: string, bytes: Uint8Array): void {
  const head = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  if (head.startsWith("<!doctype html") || head.startsWith("<html")) throw missing(url, "the host answered with a web page instead");
}
