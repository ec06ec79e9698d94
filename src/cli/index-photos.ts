import { rm } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { DEFAULT_PACK } from "../encoders/built-in";
import { ImageEncoder } from "../encoders/image-encoder";
import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { directorySink } from "../files/directory.node";
import { GalleryWriter } from "../gallery/writer";
import { index } from "../indexer";
import { captionsInGeneral } from "../relevance";
import { cluster, clusteringOf } from "./clusters";
import type { Values } from "./dotlight";
import { map } from "./map";
import { natural, progressLine, usage } from "./output";
import { encodeShare, shareOf } from "./parts/share";
import { openFolder, photoOf } from "./photos";
import { reportIndexed } from "./report";

/** dotlight index DIR --pack P --out G, or, with --shard i/n, one machine's share of it */
export async function indexCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder || !values.out) throw usage("dotlight index takes a folder of photos and --out, the gallery to write.");
  if (`${resolve(values.out)}${sep}`.startsWith(`${resolve(folder)}${sep}`)) {
    throw usage(`--out ${values.out} lies inside ${folder}: its thumbnails would be taken for photos. Choose a folder outside.`);
  }
  const side = natural("thumb", values.thumb ?? "256", 16);
  const clustering = clusteringOf(values);
  const share = values.shard === undefined ? undefined : shareOf(values.shard);
  const { photos, captions, dataset } = await openFolder(folder, values.split ?? "test", values.language ?? "en");
  const pack = await openPack(values.pack ?? DEFAULT_PACK);
  const { id, metric, dimension, notice } = pack.manifest;
  const head = {
    name: values.name ?? (dataset ? `${dataset.name} ${dataset.split}` : basename(resolve(folder))),
    // The pack's limits concern galleries of other pictures than it was trained on.
    ...(notice && dataset?.name !== id ? { notice } : {}),
    pack: { id, fingerprint: pack.fingerprint },
    dimension,
    metric,
  };
  const sink = directorySink(values.out);
  const toIndex = photos.map((file, number) => photoOf(file, number, sink, side));
  const runtime = nodeRuntime();
  if (share)
    return encodeShare(
      values.out,
      share,
      { head, pack, runtime, photos: toIndex, ids: photos.map(({ id }) => id), captions, side },
      values.json === true,
    );
  // Until the new one is finished there is no gallery here: an old manifest beside new shards would open and then fail.
  await rm(join(values.out, "gallery.json"), { force: true });
  const writer = new GalleryWriter(sink, head, pack.regions, {}, await captionsInGeneral(pack));
  const indexed = await index(
    toIndex,
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
  if (indexed.manifest) await map(values.out);
  if (clustering && indexed.manifest) await cluster(values.out, clustering, pack);
  const { device } = runtime;
  reportIndexed(indexed, { out: values.out, photos: photos.length, captions: captions.length, device }, values.json === true);
}
