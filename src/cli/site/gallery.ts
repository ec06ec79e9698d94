import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pack } from "../../encoders/pack";
import { directorySink } from "../../files/directory.node";
import type { Captions } from "../../gallery/calibration";
import { tableFiles } from "../../gallery/files";
import type { GalleryManifest, Item } from "../../gallery/manifest";
import { parseManifest } from "../../gallery/manifest-check";
import type { RegionShape } from "../../gallery/regions";
import { type GalleryHead, GalleryWriter } from "../../gallery/writer";
import { type Clustering, cluster } from "../clusters";
import { map } from "../map";
import type { Records } from "./records";
import { type Texts, titleOf } from "./texts";

/** A photo that is shown: its name, its content, and what lies beside it. */
export interface Published {
  id: string;
  digest: string;
  texts: Texts;
  original?: string;
}

/** Photos whose items are read together. An answer's 50 photos lie far apart, so that most of what larger fragments hold would be read for nothing. */
const PER_FRAGMENT = 50;
/** Photos that are in memory at a time. */
const BATCH = 256;

/**
 * Writes the gallery of photos that have records. Its tables lie in a folder named by their content, so that the gallery that was there before
 * stays whole until the manifest names the new one, and no cache on the way mixes the two.
 * @returns the manifest, and the files it needs below `folder`
 */
export async function writeGallery(
  folder: string,
  head: GalleryHead,
  photos: Published[],
  records: Records,
  regions: RegionShape | undefined,
  captions: Captions | undefined,
  clustering?: { how: Clustering; pack: Pack },
): Promise<{ manifest: GalleryManifest; files: Set<string> }> {
  const files = new Set(["gallery.json"]);
  const content = createHash("sha256").update(JSON.stringify([head, PER_FRAGMENT, records.made, captions?.digest, clustering?.how]));
  for (const photo of photos) {
    content.update(JSON.stringify(photo));
    if (photo.original) files.add(photo.original);
  }
  const tables = `tables/${content.digest("hex").slice(0, 16)}`;
  const before = await current(folder);
  const same =
    before !== undefined && tableFiles(before.tables).every(({ file }) => file.startsWith(`${tables}/`) && existsSync(join(folder, file)));
  const writer = new GalleryWriter(directorySink(folder), head, regions, { folder: `${tables}/`, perFragment: PER_FRAGMENT }, captions);
  for (let at = 0; at < photos.length; at += BATCH) {
    const batch = await Promise.all(
      photos.slice(at, at + BATCH).map(async (photo) => {
        const record = (await records.get(photo.digest))!;
        return { item: itemOf(photo, record), ...record };
      }),
    );
    for (const { shown } of batch) files.add(shown.thumb.file).add(shown.large.file);
    if (same) continue;
    await writer.addImages(
      flat(batch.map(({ vector }) => vector)),
      batch.map(({ item }) => item),
      regions && flat(batch.map((record) => record.regions)),
    );
  }
  let manifest = same ? before : await writer.finish();
  if (!manifest.tables.map) manifest = await map(folder);
  if (clustering && !manifest.tables.clusters) manifest = await cluster(folder, clustering.how, clustering.pack, `${tables}/`);
  for (const { file } of tableFiles(manifest.tables)) files.add(file);
  return { manifest, files };
}

function itemOf({ id, texts, original }: Published, { shown, texts: own }: NonNullable<Awaited<ReturnType<Records["get"]>>>): Item {
  const { title, caption } = { title: titleOf(id), ...own, ...texts };
  return { id, ...shown, title, ...(caption ? { captions: [caption] } : {}), ...(original ? { original } : {}) };
}

/** The gallery that is there; undefined where there is none that can be read. */
async function current(folder: string): Promise<GalleryManifest | undefined> {
  const file = join(folder, "gallery.json");
  try {
    return parseManifest(JSON.parse(await readFile(file, "utf8")), file);
  } catch {
    return undefined;
  }
}

function flat(parts: Float32Array[]): Float32Array {
  const [each, all] = [parts[0]!.length, new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))];
  for (const [i, part] of parts.entries()) all.set(part, i * each);
  return all;
}
