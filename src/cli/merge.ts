import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { directorySink, directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import { GalleryWriter } from "../gallery/writer";
import { assemble, batchesOf, type Encoded } from "../indexer";
import { captionsInGeneral } from "../relevance";
import { cluster, clusteringOf } from "./clusters";
import type { Values } from "./dotlight";
import { map } from "./map";
import { progressLine, usage } from "./output";
import { apart, type PartHead, readBatch, readHead } from "./parts/files";
import { reportIndexed } from "./report";

/** dotlight merge PART... --out GALLERY: the shares that `dotlight index --shard` made -> the gallery that one run would have made, byte for byte. */
export async function mergeCommand(folders: string[], values: Values): Promise<void> {
  const { out } = values;
  if (folders.length === 0 || !out) throw usage("dotlight merge takes the folders of all shares and --out, the gallery to write.");
  const clustering = clusteringOf(values);
  const heads = await Promise.all(folders.map(async (folder) => ({ folder, part: await readHead(folder) })));
  for (const { folder, part } of heads)
    if (!part) throw usage(`${folder} holds no share: make one with dotlight index PHOTOS --shard i/n --out ${folder}.`);
  const part = heads[0]!.part!;
  for (const { folder, part: other } of heads) {
    const why = apart(part, other!);
    if (why) throw usage(`The shares in ${folders[0]} and ${folder} ${why}: they are not of one gallery.`);
  }
  await complete(folders, part);
  const pack = await packOf(part, values);
  const sink = directorySink(out);
  // Until the new one is finished there is no gallery here.
  await rm(join(out, "gallery.json"), { force: true });
  const runtime = nodeRuntime();
  const captions = part.captions.length > 0 && {
    list: part.captions,
    encoder: await TextEncoder.load(pack, runtime, await tokenizerWasm()),
  };
  const indexed = await assemble(
    part.photos,
    async (batch) => {
      const { folder, encoded } = (await find(folders, batch))!;
      const share = directorySource(folder);
      for (const { thumb } of encoded.items) if (thumb) await sink.write(thumb.file, await share.read(thumb.file, { expect: thumb }));
      return encoded;
    },
    new GalleryWriter(sink, part.head, part.regions, {}, await captionsInGeneral(pack)),
    captions || undefined,
    progressLine(),
  );
  if (indexed.manifest) await map(out);
  if (clustering && indexed.manifest) await cluster(out, clustering, pack);
  reportIndexed(indexed, { out, photos: part.photos, captions: part.captions.length, device: runtime.device }, values.json === true);
}

/** Before anything is written. @throws DotlightError "missing-file" naming the batches that no folder has */
async function complete(folders: string[], { photos }: PartHead): Promise<void> {
  const missing: number[] = [];
  for (let batch = 0; batch < batchesOf(photos); batch++) if (!(await find(folders, batch))) missing.push(batch);
  if (missing.length === 0) return;
  throw new DotlightError(
    "missing-file",
    `${missing.length} of ${batchesOf(photos)} batches of photos are in none of the folders, or damaged: from ${missing[0]} to ${missing.at(-1)}.`,
    "A share has not been finished, or its folder was not named. Run its `dotlight index --shard` again: what is there is kept.",
  );
}

async function find(folders: string[], batch: number): Promise<{ folder: string; encoded: Encoded } | undefined> {
  for (const folder of folders) {
    const encoded = await readBatch(folder, batch);
    if (encoded) return { folder, encoded };
  }
  return undefined;
}

/** The pack that encoded the photos. @throws DotlightError "wrong-pack" */
async function packOf({ head }: PartHead, values: Values) {
  const pack = await openPack(values.pack ?? head.pack.id);
  if (pack.fingerprint === head.pack.fingerprint) return pack;
  throw new DotlightError(
    "wrong-pack",
    `The shares were encoded by "${head.pack.id}" (${head.pack.fingerprint.slice(0, 12)}), the pack at hand is ${pack.fingerprint.slice(0, 12)}.`,
    "Name that one with --pack.",
  );
}
