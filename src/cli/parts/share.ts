import { existsSync } from "node:fs";
import { join } from "node:path";
import { ImageEncoder } from "../../encoders/image-encoder";
import type { Pack } from "../../encoders/pack";
import type { Runtime } from "../../encoders/runtime";
import { sha256 } from "../../files/digest";
import { directorySink } from "../../files/directory.node";
import type { GalleryHead } from "../../gallery/writer";
import { batchesOf, encodeBatch, type Photo, type PhotoCaption } from "../../indexer";
import { progressLine, usage } from "../output";
import { apart, HEAD, type PartHead, readBatch, readHead, writeBatch } from "./files";

/** The i-th of n machines, from 1. */
export interface Share {
  i: number;
  n: number;
}

/** @throws DotlightError "usage" */
export function shareOf(text: string): Share {
  const [, i, n] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!i || !n || i > n) throw usage(`--shard takes i/n, the i-th of n machines, as in 1/4; not "${text}".`);
  return { i, n };
}

/** A share's batches: some in a row, as many as the others' or one more. The end is not among them. */
export function batchesOfShare({ i, n }: Share, batches: number): { first: number; end: number } {
  return { first: Math.floor(((i - 1) * batches) / n), end: Math.floor((i * batches) / n) };
}

interface Whole {
  head: GalleryHead;
  pack: Pack;
  runtime: Runtime;
  photos: Photo[];
  /** Their names in the gallery. */
  ids: string[];
  captions: PhotoCaption[];
  /** Of the thumbnails. */
  side: number;
}

/**
 * Encodes one machine's share of a gallery's photos into `out`, from which `dotlight merge` makes the gallery. What is there already and whole is
 * not encoded again; shares may write to one folder.
 * @throws DotlightError "usage" when `out` holds shares of something else
 */
export async function encodeShare(out: string, share: Share, whole: Whole, json: boolean): Promise<void> {
  const { head, pack, photos, ids, captions, side } = whole;
  const listing = await sha256(new TextEncoder().encode(JSON.stringify([side, ids])));
  const part: PartHead = {
    format: "dotlight-part",
    version: 1,
    head,
    ...(pack.regions ? { regions: pack.regions } : {}),
    photos: photos.length,
    captions,
    listing,
  };
  const there = await readHead(out);
  const why = there && apart(there, part);
  if (why) throw usage(`${out} holds another gallery's shares: they and these ${why}. Name an empty folder.`);
  await directorySink(out).write(HEAD, new TextEncoder().encode(`${JSON.stringify(part)}\n`));
  const { first, end } = batchesOfShare(share, batchesOf(photos.length));
  const progress = progressLine();
  let [encoded, kept, encoder] = [0, 0, undefined as ImageEncoder | undefined];
  const skipped: { name: string; reason: string }[] = [];
  for (let batch = first; batch < end; batch++) {
    let made = await readBatch(out, batch);
    if (made?.items.every(({ thumb }) => !thumb || existsSync(join(out, thumb.file)))) kept += made.items.length;
    else {
      encoder ??= await ImageEncoder.load(pack, whole.runtime);
      made = await encodeBatch(photos, batch, encoder);
      await writeBatch(out, batch, made);
      encoded += made.items.length;
    }
    skipped.push(...made.skipped);
    progress(batch - first + 1, end - first, "batches");
  }
  for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
  const summary = { part: out, shard: `${share.i}/${share.n}`, photos: encoded + kept, encoded, kept, skipped };
  process.stdout.write(
    json
      ? `${JSON.stringify(summary)}\n`
      : `share ${share.i} of ${share.n}: ${encoded + kept} photos in ${out}, ${encoded} encoded now. When all are there: dotlight merge ${out} --out GALLERY\n`,
  );
}
