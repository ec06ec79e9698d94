import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pack } from "../../encoders/pack";
import { sha256 } from "../../files/digest";
import { directorySink } from "../../files/directory.node";
import { DotlightError } from "../../files/errors";
import type { GalleryHead } from "../../gallery/writer";
import type { Encoded, PhotoCaption } from "../../indexer";

/** What all shares of one gallery have in common, part.json: enough to make the gallery without the photos. */
export interface PartHead {
  format: "dotlight-part";
  version: 1;
  head: GalleryHead;
  regions?: Pack["regions"];
  /** Photos of the whole gallery. */
  photos: number;
  captions: PhotoCaption[];
  /** sha256 of the photos' names, in their order, and of the size of the thumbnails. */
  listing: string;
}

export const HEAD = "part.json";
/** Of a batch, by its number in the whole gallery: shares may lie in one folder. */
const fileOf = (batch: number): string => `batches/${String(batch).padStart(6, "0")}.bin`;

/** @throws DotlightError "bad-manifest" for what is no part, or of a later version */
export async function readHead(folder: string): Promise<PartHead | undefined> {
  const path = join(folder, HEAD);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const bad = (why: string) => new DotlightError("bad-manifest", `${path} ${why}.`, "Index that share again, into an empty folder.");
  let head: PartHead;
  try {
    head = JSON.parse(text) as PartHead;
  } catch (error) {
    throw bad(`is not valid JSON (${error instanceof Error ? error.message : error})`);
  }
  if (head?.format !== "dotlight-part") throw bad("is not the head of a share");
  if (head.version !== 1) throw bad(`has version ${head.version}, this program reads 1`);
  return head;
}

/** Why two folders are not shares of one gallery; undefined where they are. */
export function apart(one: PartHead, other: PartHead): string | undefined {
  if (one.head.pack.fingerprint !== other.head.pack.fingerprint) {
    return `were encoded by different models ("${one.head.pack.id}", "${other.head.pack.id}")`;
  }
  if (one.listing !== other.listing) return `are of different photos or thumbnails (${one.photos} and ${other.photos} photos)`;
  return JSON.stringify(one) === JSON.stringify(other) ? undefined : "have different names or captions";
}

/** Writes a batch: a line of JSON with the sha256 of the numbers that follow it. A file appears whole or not at all. */
export async function writeBatch(folder: string, batch: number, { vectors, regions, ...said }: Encoded): Promise<void> {
  const numbers = Buffer.concat(
    [vectors, regions ?? new Float32Array()].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
  );
  const text = JSON.stringify({
    ...said,
    vectors: vectors.length,
    regions: regions?.length ?? null,
    sha256: await sha256(new Uint8Array(numbers)),
  });
  await directorySink(folder).write(fileOf(batch), new Uint8Array(Buffer.concat([Buffer.from(`${text}\n`), numbers])));
}

/** Undefined where there is none, or it is damaged. */
export async function readBatch(folder: string, batch: number): Promise<Encoded | undefined> {
  const bytes = await readFile(join(folder, fileOf(batch))).catch(() => undefined);
  const end = bytes?.indexOf("\n") ?? -1;
  if (!bytes || end < 0) return undefined;
  try {
    const { vectors, regions, sha256: expected, ...said } = JSON.parse(bytes.toString("utf8", 0, end));
    const numbers = new Uint8Array(bytes.subarray(end + 1));
    if ((await sha256(numbers)) !== expected) return undefined;
    const floats = new Float32Array(numbers.buffer);
    return {
      ...said,
      vectors: floats.slice(0, vectors),
      ...(regions === null ? {} : { regions: floats.slice(vectors, vectors + regions) }),
    };
  } catch {
    return undefined;
  }
}
