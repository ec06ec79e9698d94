import { realpath, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { JOB } from "../engines/host";
import { openEngine } from "../engines/open";
import { directorySink, directorySource } from "../files/directory.node";
import { safePath } from "../files/path";
import { tableFiles } from "../gallery/files";
import type { EngineTable, GalleryManifest } from "../gallery/manifest";
import { reachable } from "../gallery/manifest-check";
import { type Gallery, openGallery } from "../gallery/reader";
import { photosDigest, push } from "../pusher";
import type { Values } from "./dotlight";
import { progressLine, usage } from "./output";
import { place } from "./site/originals";

/** Photos whose pictures are looked for at a time. */
const BATCH = 1000;

/**
 * dotlight push GALLERY --to URL --out FOLDER: the photos' vectors go into a collection of a vector engine, and FOLDER becomes the gallery that names
 * it: GALLERY's other files, as links where that is possible.
 */
export async function pushCommand([folder]: string[], values: Values): Promise<void> {
  const { to: url, out } = values;
  if (!folder || !url || !out) {
    throw usage(
      "dotlight push takes a gallery, --to, the address of a vector engine (http://localhost:8000), and --out, the gallery to write.",
    );
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw usage(`--to takes the address of a vector engine, not "${url}".`);
  const visited = values.public ?? url;
  if (!reachable(visited)) {
    throw usage(
      `Pages ask no engine at ${visited}: only https addresses, and http://localhost. ` +
        "Name it so, or say with --public where pages reach it.",
    );
  }
  const gallery = await openGallery(directorySource(folder));
  const real = (path: string) => realpath(path).catch(() => resolve(path));
  if ((await real(folder)) === (await real(out)))
    throw usage("--out takes another folder than the gallery's: the vectors stay there, to be pushed again.");
  const { manifest } = gallery;
  const collection = values.collection ?? (await nameOf(manifest));
  const found: Pick<EngineTable, "kind" | "collection"> = { kind: "chroma", collection };
  const engine = openEngine({ ...found, url }, JOB);
  const progress = progressLine();
  const sink = directorySink(out);
  // Until the new one is finished there is no gallery here.
  await rm(join(out, "gallery.json"), { force: true });
  const { table, sent } = await push(gallery, engine, { ...found, url: visited }, sink, (done, total) => progress(done, total, "photos"));
  const { vectors: _, calibration: __, clusters: ___, ...tables } = manifest.tables;
  await linkFiles(gallery, tables, folder, out, (done, total) => progress(done, total, "photos' pictures"));
  const pushed: GalleryManifest = { ...manifest, tables: { engine: table, ...tables } };
  await sink.write("gallery.json", new TextEncoder().encode(`${JSON.stringify(pushed)}\n`));
  const summary = { gallery: out, engine: visited, collection, photos: manifest.count, sent };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(summary)}\n`
      : `${manifest.count} photos in the collection "${collection}" of ${engine.name}, ${sent} sent now; the gallery that is searched there is ${out}\n`,
  );
}

/** A name that engines take, and that other photos do not have. */
async function nameOf(manifest: GalleryManifest): Promise<string> {
  const name = manifest.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40);
  return `dotlight-${name}-${(await photosDigest(manifest)).slice(0, 12)}`;
}

/** Puts the tables' files and the photos' pictures into another gallery. */
async function linkFiles(
  gallery: Gallery,
  tables: GalleryManifest["tables"],
  from: string,
  to: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const link = async (file: string) => {
    const [source, target] = [join(from, safePath(file)), join(to, file)];
    const [here, there] = [await stat(source), await stat(target).catch(() => undefined)];
    if (here.size !== there?.size || here.mtimeMs > there.mtimeMs) await place(source, target, "link");
  };
  for (const { file } of tableFiles(tables)) await link(file);
  const { count } = gallery.manifest;
  for (let first = 0; first < count; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => first + i);
    for (const { thumb, large, original } of await gallery.items(rows)) {
      const own = original === undefined || /^https?:/.test(original) ? undefined : original;
      for (const file of [thumb?.file, large?.file, own]) if (file !== undefined) await link(file);
    }
    onProgress(first + rows.length, count);
  }
}
