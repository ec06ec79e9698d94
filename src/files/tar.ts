import { DotlightError } from "./errors";
import { safePath } from "./path";

/** A file's place in an archive. */
export interface TarEntry {
  path: string;
  at: number;
  bytes: number;
}

const BLOCK = 512;

/**
 * The headers before a file in a tar archive (POSIX ustar; a pax header first, where a path is not of a hundred ASCII characters at most).
 * @param modified milliseconds since 1970; 0, and the same files give the same archive
 */
export function tarHeader(path: string, bytes: number, modified = 0): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(path);
  if (name.length <= 100 && /^[\0-\x7f]*$/.test(path)) return ustar(name, bytes, modified, "0");
  const record = paxRecord("path", path);
  const parts = [
    ustar(new TextEncoder().encode("pax-header"), record.length, 0, "x"),
    record,
    tarPadding(record.length),
    ustar(name.subarray(0, 100), bytes, modified, "0"),
  ];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** "27 path=...", the number being that of all its bytes, its own digits among them. */
function paxRecord(key: string, value: string): Uint8Array<ArrayBuffer> {
  const rest = new TextEncoder().encode(` ${key}=${value}\n`).length;
  let length = rest + 1;
  while (String(length).length + rest !== length) length++;
  return new TextEncoder().encode(`${length} ${key}=${value}\n`);
}

function ustar(name: Uint8Array, bytes: number, modified: number, type: "0" | "x"): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.set(name);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(bytes, 11), 124);
  put(octal(Math.max(0, Math.floor(modified / 1000)), 11), 136);
  put("        ", 148);
  put(type, 156);
  put("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** What follows a file's bytes, up to the next header. */
export const tarPadding = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);

/** Two empty blocks end an archive. */
export const tarEnd = (): Uint8Array<ArrayBuffer> => new Uint8Array(2 * BLOCK);

/** Lists the files of an archive without reading them. @throws DotlightError "bad-manifest" for what is no whole archive */
export async function listTar(archive: Blob, name: string): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for (let at = 0; ; ) {
    const header = new Uint8Array(await archive.slice(at, at + BLOCK).arrayBuffer());
    if (header.length < BLOCK) throw damaged(name, "it ends in the middle");
    if (header.every((byte) => byte === 0)) return entries;
    const text = (from: number, length: number) => new TextDecoder().decode(header.subarray(from, from + length)).split("\0")[0]!;
    const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
    if (Number.parseInt(text(148, 8), 8) !== sum) throw damaged(name, `the header at byte ${at} does not fit its checksum`);
    const bytes = Number.parseInt(text(124, 12), 8);
    if (at + BLOCK + bytes > archive.size) throw damaged(name, "it ends in the middle");
    // Only plain files: "0", and what old archives have for it.
    if (["0", ""].includes(text(156, 1))) entries.push({ path: safePath(text(0, 100)), at: at + BLOCK, bytes });
    at += BLOCK + Math.ceil(bytes / BLOCK) * BLOCK;
  }
}

const damaged = (name: string, why: string) =>
  new DotlightError(
    "bad-manifest",
    `"${name}" is not a whole exported gallery: ${why}.`,
    "Export the gallery again, or copy the file again.",
  );
