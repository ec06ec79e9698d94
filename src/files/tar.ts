import { DotlightError } from "./errors";
import { safePath } from "./path";

/** A file's place in an archive. */
export interface TarEntry {
  path: string;
  at: number;
  bytes: number;
}

const BLOCK = 512;

/** The header before a file in a tar archive (POSIX ustar). @throws RangeError for a path of more than 100 bytes */
export function tarHeader(path: string, bytes: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(BLOCK);
  const name = new TextEncoder().encode(safePath(path));
  if (name.length > 100) throw new RangeError(`The path "${path}" is too long for an archive.`);
  const put = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.set(name);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(bytes, 11), 124);
  // No date, so that the same gallery gives the same file.
  put(octal(0, 11), 136);
  put("        ", 148);
  put("0", 156);
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
