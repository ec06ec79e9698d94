import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { DEFAULT_PACK } from "../encoders/built-in";
import type { Pack } from "../encoders/pack";
import { openPack } from "../encoders/registry/open-pack.node";
import { DotlightError } from "../files/errors";
import type { GalleryHead } from "../gallery/writer";
import { captionsInGeneral } from "../relevance";
import { clusteringOf } from "./clusters";
import type { Values } from "./dotlight";
import { natural, progressLine, usage } from "./output";
import { compress } from "./site/compress";
import { pictured } from "./site/encode";
import { encodeAll, unwritable } from "./site/encoders";
import { type Published, writeGallery } from "./site/gallery";
import { type Originals, originals, publish } from "./site/originals";
import { Records, Seen } from "./site/records";
import { GALLERY, writeShell } from "./site/shell";
import { claim, prune } from "./site/site";
import { sidecars } from "./site/texts";
import { type Found, walk } from "./site/walk";

/** Part of what records depend on: to be raised when pictures or vectors are made in another way. */
const RECIPE = 1;

/** dotlight build PHOTOS --out SITE: photos -> records -> gallery -> site, each step only where something changed. */
export async function buildCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder || !values.out) throw usage("dotlight build takes a folder of photos and --out, the site to write.");
  const sides = { thumb: natural("thumb", values.thumb ?? "320", 16), large: natural("large", values.large ?? "1600", 16) };
  const how = originals(values.originals ?? "none");
  const clustering = clusteringOf(values);
  const out = resolve(values.out);
  const cache = resolve(values.cache ?? `${out}.cache`);
  await apart(folder, { "--out": out, "--cache": cache });
  const packName = values.pack ?? DEFAULT_PACK;
  const pack = await openPack(packName);
  const found = await walk(folder);
  const { of: texts, skipped } = await sidecars(found);
  skipped.push(...found.skipped);
  try {
    await claim(out);
    const site = await realpath(out);
    const gallery = join(site, GALLERY);
    const made = createHash("sha256")
      .update(JSON.stringify([RECIPE, pack.fingerprint, sides]))
      .digest("hex")
      .slice(0, 16);
    const records = new Records(cache, made);
    const seen = await Seen.open(cache);

    const todo = await unfinished(found.photos, seen, records, gallery);
    const progress = progressLine();
    let [encoded, done] = [0, 0];
    await encodeAll(todo, { pack: packName, gallery, records: { folder: cache, made }, sides }, async (photo, outcome) => {
      if ("digest" in outcome) {
        await seen.add(photo, outcome.digest);
        if (outcome.encoded) encoded++;
      } else if ("unreadable" in outcome) skipped.push({ name: photo.path, reason: outcome.unreadable });
      progress(++done, todo.length, "photos");
    });
    await seen.keep(found.photos);

    const published = await publishAll(found.photos, seen, how, gallery);
    for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
    if (published.length === 0) {
      throw new DotlightError(
        "empty-gallery",
        `None of the ${found.photos.length} photos could be read; no gallery was made.`,
        "See the reasons above.",
      );
    }
    const name = values.name ?? basename(resolve(folder));
    const withTexts = published.map((photo) => ({ ...photo, texts: texts.get(photo.id) ?? {} }));
    const { manifest, files } = await writeGallery(
      gallery,
      headOf(name, pack),
      withTexts,
      records,
      pack.regions,
      await captionsInGeneral(pack),
      clustering && { how: clustering, pack },
    );
    const needed = await writeShell(site, name, pack);
    for (const file of files) needed.add(`${GALLERY}/${file}`);
    const compressed = await compress(site, [...needed], (at, of) => progress(at, of, "compressed files"));
    for (const file of compressed) needed.add(file);
    await prune(site, needed);

    const summary = { site: values.out, photos: manifest.count, encoded, kept: manifest.count - encoded, skipped };
    process.stdout.write(
      values.json
        ? `${JSON.stringify(summary)}\n`
        : `${manifest.count} photos in ${values.out}, ${encoded} encoded now${skipped.length > 0 ? `, ${skipped.length} left out` : ""}. ` +
            `Upload the folder to any static host, or look at it: dotlight serve ${values.out}\n`,
    );
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw error instanceof DotlightError || typeof code !== "string" || !/^E[A-Z]+$/.test(code) ? error : unwritable(code, values.out);
  }
}

/** Neither the site nor what is kept for the next build may lie among the photos, nor the photos in either. */
async function apart(folder: string, others: Record<string, string>): Promise<void> {
  const real = async (path: string): Promise<string> =>
    realpath(path).catch(async () => (dirname(path) === path ? path : join(await real(dirname(path)), basename(path))));
  const photos = `${await real(resolve(folder))}${sep}`;
  for (const [option, path] of Object.entries(others)) {
    const other = `${await real(path)}${sep}`;
    if (other.startsWith(photos)) {
      throw usage(`${option} ${path} lies inside ${folder}: its pictures would be taken for photos. Choose a folder outside.`);
    }
    if (photos.startsWith(other)) throw usage(`${folder} lies inside ${option} ${path}: choose a folder that holds nothing else.`);
  }
}

/** The photos of which not everything is there that was made of them once. */
async function unfinished(photos: Found[], seen: Seen, records: Records, gallery: string): Promise<Found[]> {
  const todo: Found[] = [];
  for (const photo of photos) {
    const digest = seen.digest(photo);
    const record = digest === undefined ? undefined : await records.get(digest);
    if (!record || !(await pictured(gallery, record))) todo.push(photo);
  }
  return todo;
}

/** The photos that have records, with their originals where those are published. */
async function publishAll(photos: Found[], seen: Seen, how: Originals, gallery: string): Promise<Omit<Published, "texts">[]> {
  const published: Omit<Published, "texts">[] = [];
  for (const photo of photos) {
    const digest = seen.digest(photo);
    if (digest === undefined) continue;
    const original = await publish(photo, digest, how, gallery);
    published.push({ id: photo.id, digest, ...(original ? { original } : {}) });
  }
  return published;
}

function headOf(name: string, pack: Pack): GalleryHead {
  const { id, metric, dimension, notice } = pack.manifest;
  return { name, ...(notice ? { notice } : {}), pack: { id, fingerprint: pack.fingerprint }, dimension, metric };
}
