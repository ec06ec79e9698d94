import { rm } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { DEFAULT_PACK } from "../encoders/built-in";
import { ImageEncoder } from "../encoders/image-encoder";
import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { directorySink } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import { GalleryWriter } from "../gallery/writer";
import { index } from "../indexer";
import { captionsInGeneral } from "../relevance";
import type { Values } from "./dotlight";
import { natural, progressLine, usage } from "./output";
import { openFolder, photoOf } from "./photos";

/** dotlight index DIR --pack P --out G */
export async function indexCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder || !values.out) throw usage("dotlight index takes a folder of photos and --out, the gallery to write.");
  if (`${resolve(values.out)}${sep}`.startsWith(`${resolve(folder)}${sep}`)) {
    throw usage(`--out ${values.out} lies inside ${folder}: its thumbnails would be taken for photos. Choose a folder outside.`);
  }
  const side = natural("thumb", values.thumb ?? "256", 16);
  const { photos, captions, dataset } = await openFolder(folder, values.split ?? "test", values.language ?? "en");
  const pack = await openPack(values.pack ?? DEFAULT_PACK);
  // Until the new one is finished there is no gallery here: an old manifest beside new shards would open and then fail.
  await rm(join(values.out, "gallery.json"), { force: true });
  const runtime = nodeRuntime();
  const sink = directorySink(values.out);
  const { id, metric, dimension, notice } = pack.manifest;
  const head = {
    name: values.name ?? (dataset ? `${dataset.name} ${dataset.split}` : basename(resolve(folder))),
    // The pack's limits concern galleries of other pictures than it was trained on.
    ...(notice && dataset?.name !== id ? { notice } : {}),
    pack: { id, fingerprint: pack.fingerprint },
    dimension,
    metric,
  };
  const writer = new GalleryWriter(sink, head, pack.regions, {}, await captionsInGeneral(pack));
  const { manifest, skipped } = await index(
    photos.map((file, number) => photoOf(file, number, sink, side)),
    writer,
    await ImageEncoder.load(pack, runtime),
    captions.length > 0
      ? {
          list: captions,
          encoder: await TextEncoder.load(pack, runtime, await tokenizerWasm()),
        }
      : undefined,
    progressLine(),
  );
  for (const { name: photo, reason } of skipped) process.stderr.write(`left out: ${photo}: ${reason}\n`);
  if (!manifest) {
    throw new DotlightError(
      "empty-gallery",
      `None of the ${photos.length} photos could be read; no gallery was made.`,
      "See the reasons above.",
    );
  }
  const summary = { gallery: values.out, photos: manifest.count, captions: captions.length, skipped, device: runtime.device };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(summary)}\n`
      : `${manifest.count} photos in ${values.out}${skipped.length > 0 ? `, ${skipped.length} left out` : ""}\n`,
  );
}
