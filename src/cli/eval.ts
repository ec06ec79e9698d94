import { existsSync } from "node:fs";
import { join } from "node:path";
import { ImageEncoder } from "../encoders/image-encoder";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import { memorySource } from "../files/source";
import { fill } from "../gallery/fill";
import { type Gallery, openGallery } from "../gallery/reader";
import { GalleryWriter } from "../gallery/writer";
import { index } from "../indexer";
import { dot } from "../retrieval/dot";
import { type Evaluation, evaluate, type Truth } from "../retrieval/recall";
import { Scan } from "../retrieval/scan";
import type { Values } from "./dotlight";
import { progressLine, usage } from "./output";
import { openPack } from "./pack";
import { decode, openFolder } from "./photos";

/** dotlight eval GALLERY|DATASET: a gallery from its own stored vectors, a data set by encoding it first. */
export async function evalCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder) throw usage("dotlight eval takes a gallery with captions, or a data set in the Karpathy form.");
  const language = values.language ?? "en";
  const { gallery, dataset, split } = existsSync(join(folder, "gallery.json"))
    ? await fromGallery(folder)
    : await fromDataset(folder, values, language);
  const result = await evaluateGallery(gallery, language);
  if (values.json) process.stdout.write(`${JSON.stringify({ dataset, split, ...rounded(result) })}\n`);
  else process.stdout.write(table(dataset, split, result));
}

async function fromGallery(folder: string) {
  const gallery = await openGallery(directorySource(folder));
  const [dataset = gallery.manifest.name, split = ""] = gallery.manifest.name.split(" ");
  return { gallery, dataset, split };
}

async function fromDataset(folder: string, values: Values, language: string) {
  const { photos, captions, dataset } = await openFolder(folder, values.split ?? "test", "en");
  if (!dataset) {
    throw new DotlightError(
      "usage",
      `${folder} is neither a gallery nor a data set with captions.`,
      "Evaluation needs captions: see README.md.",
    );
  }
  const pack = await openPack(values.pack ?? "diorama");
  const runtime = nodeRuntime();
  const memory = memorySource(new Map(), folder);
  const { id, metric, dimension } = pack.manifest;
  const head = { name: dataset.name, pack: { id, fingerprint: pack.fingerprint }, dimension, metric };
  const writer = new GalleryWriter(memory, head, pack.regions);
  const files = photos.map(({ path, id: photo }) => ({
    name: path,
    open: async () => ({ pixels: await decode(path), item: { id: photo } }),
  }));
  const encoder = await TextEncoder.load(pack, runtime, await tokenizerWasm());
  const { manifest, skipped } = await index(
    files,
    writer,
    await ImageEncoder.load(pack, runtime),
    { list: captions.filter((caption) => caption.language === language), encoder },
    progressLine(),
  );
  for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
  if (!manifest) throw new DotlightError("empty-gallery", `None of the photos of ${folder} could be read.`, "See the reasons above.");
  return { gallery: await openGallery(memory), dataset: dataset.name, split: dataset.split };
}

/** Evaluates a gallery from its stored image and caption vectors. */
export async function evaluateGallery(gallery: Gallery, language: string): Promise<Evaluation> {
  const { dimension } = gallery.manifest;
  const [photos, captions] = [new Scan(dimension), new Scan(dimension)];
  await fill(photos, gallery.vectors());
  await fill(captions, gallery.captionVectors(language));
  const count = gallery.captionCount(language);
  const texts = await gallery.captionTexts(
    language,
    Array.from({ length: count }, (_, i) => i),
  );
  const truths = texts.map(({ image, relevant }): Truth => ({ image, ...(relevant ? { relevant } : {}) }));
  const images = Array.from({ length: photos.rows }, (_, row) => photos.vector(row));
  return evaluate(gallery.manifest.count, truths, (text) => {
    const query = captions.vector(text);
    return Float64Array.from(images, (image) => dot(image, query));
  });
}

function rounded(result: Evaluation): Evaluation {
  return JSON.parse(JSON.stringify(result, (_, value) => (typeof value === "number" ? Number(value.toFixed(2)) : value)));
}

function table(dataset: string, split: string, { images, texts, ir, tr, ar, oracle, any }: Evaluation): string {
  const row = (name: string, { r1, r5, r10 }: typeof ir) =>
    `${name.padEnd(28)}${[r1, r5, r10].map((value) => value.toFixed(1).padStart(8)).join("")}\n`;
  return (
    `${dataset} ${split}: ${images} images, ${texts} captions\n\n${" ".repeat(28)}     R@1     R@5    R@10\n` +
    row("text -> image (IR)", ir) +
    row("image -> text (TR)", tr) +
    (any ? row("IR, any satisfying image", any) : "") +
    `\nAR ${ar.toFixed(1)}${oracle ? ` (a perfect ranker: ${oracle.ar.toFixed(1)})` : ""}\n`
  );
}
