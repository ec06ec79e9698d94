import { DotlightError } from "./errors";

/** Size and sha256 (hex) of a file; `blocks` has one sha256 for each BLOCK bytes, for what is kept or read piecewise. */
export interface FileRecord {
  bytes: number;
  sha256: string;
  blocks?: string[];
}

/** Length of a block, bytes. */
export const BLOCK = 65536;

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export async function recordOf(bytes: Uint8Array<ArrayBuffer>, withBlocks = false): Promise<FileRecord> {
  const record: FileRecord = { bytes: bytes.length, sha256: await sha256(bytes) };
  if (withBlocks) {
    record.blocks = [];
    for (let at = 0; at < bytes.length; at += BLOCK) record.blocks.push(await sha256(bytes.subarray(at, at + BLOCK)));
  }
  return record;
}

/**
 * Checks length, then digest.
 * @throws DotlightError "truncated" or "altered", naming the file, the expected and the found value.
 */
export async function verify(name: string, bytes: Uint8Array<ArrayBuffer>, expected: FileRecord): Promise<void> {
  if (bytes.length !== expected.bytes) {
    throw new DotlightError(
      "truncated",
      `${name} has ${bytes.length} bytes, ${expected.bytes} were expected: it was cut short or replaced.`,
      "Reload; if it stays, the file on the host is damaged and must be uploaded again.",
    );
  }
  const found = await sha256(bytes);
  if (found !== expected.sha256) {
    throw new DotlightError(
      "altered",
      `${name} is not the file it should be: sha256 ${found.slice(0, 12)}… was found, ${expected.sha256.slice(0, 12)}… expected.`,
      "Reload; if it stays, the file on the host was changed and must be uploaded again.",
    );
  }
}

/** A part of a file, with the sha256 of its own bytes. */
export interface Part {
  start: number;
  bytes: number;
  sha256: string;
}

/** One of the blocks of a file whose blocks' digests are known. */
export function blockOf({ bytes, blocks }: FileRecord, number: number): Part {
  const start = number * BLOCK;
  return { start, bytes: Math.min(BLOCK, bytes - start), sha256: blocks?.[number] ?? "" };
}

/** Checks a part of a file. @throws DotlightError "truncated" or "altered" */
export const verifyPart = (name: string, bytes: Uint8Array<ArrayBuffer>, part: Part): Promise<void> =>
  verify(`${name}, from byte ${part.start} on,`, bytes, part);
