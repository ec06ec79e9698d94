import { ImageEncoder } from "../src/encoders/image-encoder";
import type { Pack } from "../src/encoders/pack";
import type { Runtime } from "../src/encoders/runtime";
import { TextEncoder } from "../src/encoders/text-encoder";
import { type Collection, datasetOf, readCollection } from "../src/evaluator";
import { verify } from "../src/files/digest";
import { DotlightError } from "../src/files/errors";
import { type Matrix, readNpy } from "../src/files/npy";
import { memorySource, missing, partsBy, type Source } from "../src/files/source";
import { fill } from "../src/gallery/fill";
import type { Item } from "../src/gallery/manifest";
import { type Gallery, openGallery } from "../src/gallery/reader";
import { GalleryWriter } from "../src/gallery/writer";
import { index } from "../src/indexer";
import { captionsOf, pathOf, readKarpathy } from "../src/karpathy";
import { loadPairScoring, type PairScoring } from "../src/pair-scorer";
import { Reranker } from "../src/reranker";
import { quantise } from "../src/retrieval/planes";
import { Scan } from "../src/retrieval/scan";
import { madeWith } from "../src/searcher";
import { readCaptionMap, vectorCollection } from "../src/vector-set";
import { pixelsOf } from "./pixels";
import { tokenizerWasm } from "./tokenizer-wasm";

/** What is evaluated: a gallery, or vectors that were made elsewhere. */
export interface Subject {
  dataset: string;
  split: string;
  photos: number;
  /** Number of captions by language; "" where the language is not known. */
  languages: Record<string, number>;
  collection(language: string): Promise<Collection>;
  /** The photos' vectors to be searched, for timing. */
  scan(): Promise<Scan>;
  items(rows: number[]): Promise<Item[]>;
  picture(row: number): Promise<Blob | undefined>;
  /** Undefined where texts cannot be encoded here. */
  encoder: (() => Promise<TextEncoder>) | undefined;
  /** What the encoders run on, where there are any. */
  runtime: Runtime | undefined;
  /** What scores pairs, or why nothing can. */
  scoring: (() => Promise<PairScoring>) | string;
}

/** A file that was dropped or picked: its path below what was dropped, '/'-separated. */
export interface LabFile {
  path: string;
  file: Blob;
}

/** Where packs come from and models run. */
export interface Means {
  openPack(id: string): Promise<Pack>;
  runtime: Runtime;
}

type OnIndexed = (done: number, total: number, what: "photos" | "captions") => void;

/** @throws DotlightError for a gallery without captions */
export async function gallerySubject(
  gallery: Gallery,
  { openPack, runtime }: Means,
  pictureOf?: (row: number) => Promise<Blob | undefined>,
): Promise<Subject> {
  const { manifest } = gallery;
  if (gallery.languages.length === 0) {
    throw new DotlightError(
      "missing-file",
      `The gallery "${manifest.name}" has no captions, and the Lab measures how captions and pictures find each other.`,
      "Build one from a data set with captions: dotlight index DATASET --out GALLERY.",
    );
  }
  // The stored vectors can be evaluated without the pack that made them.
  const pack = await openPack(manifest.pack.id)
    .then((opened) => {
      madeWith(gallery, opened);
      return opened;
    })
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  let loaded: Promise<TextEncoder> | undefined;
  const encoder =
    typeof pack === "string"
      ? undefined
      : () => {
          loaded ??= tokenizerWasm().then((wasm) => TextEncoder.load(pack, runtime, wasm));
          return loaded;
        };
  const why = typeof pack === "string" ? pack : Reranker.why(gallery, pack);
  return {
    ...datasetOf(manifest.name),
    photos: manifest.count,
    languages: Object.fromEntries(gallery.languages.map((language) => [language, gallery.captionCount(language)])),
    collection: (language) => readCollection(gallery, language),
    async scan() {
      const scan = new Scan(manifest.dimension);
      await fill(scan, gallery.vectors());
      const reader = gallery.exactRows();
      if (reader) scan.setReader(reader);
      return scan;
    },
    items: (rows) => gallery.items(rows),
    async picture(row) {
      if (pictureOf) return pictureOf(row);
      const bytes = await gallery.thumbnail(row);
      return bytes && new Blob([bytes]);
    },
    encoder,
    runtime: encoder && runtime,
    scoring: why ?? (async () => loadPairScoring(gallery, await encoder!(), runtime)),
  };
}

/**
 * What was dropped: a gallery's folder, vectors (images.npy and captions.npy beside captions.json, captions.txt or a dataset.json), or a
 * data set in the Karpathy form with its photos, which are encoded here by the pack.
 * @throws DotlightError for anything else, and for what does not go together
 */
export async function droppedSubject(files: LabFile[], split: string, pack: string, means: Means, onIndexed: OnIndexed): Promise<Subject> {
  const named = (pattern: RegExp) => files.find(({ path }) => pattern.test(path));
  const manifest = named(/(^|\/)gallery\.json$/);
  if (manifest) return gallerySubject(await openGallery(fileSource(files, manifest.path.slice(0, -"gallery.json".length))), means);
  const [images, captions] = [named(/(^|\/)images\.npy$/), named(/(^|\/)captions\.npy$/)];
  const dataset = named(/(^|\/)dataset[^/]*\.json$/);
  if (images || captions) {
    const map = named(/(^|\/)captions\.(json|txt)$/) ?? dataset;
    const lacking = [!images && "images.npy", !captions && "captions.npy", !map && "captions.json or captions.txt"].filter(Boolean);
    if (lacking.length > 0) throw unfit(`For ready-made vectors ${lacking.join(" and ")} is missing.`);
    return vectorSubject(images!, captions!, map!, split);
  }
  if (dataset) return karpathySubject(files, dataset, split, pack, means, onIndexed);
  const some = files.slice(0, 3).map(({ path }) => path);
  throw unfit(`None of the ${files.length} files (${some.join(", ")}${files.length > 3 ? " …" : ""}) says what to measure.`);
}

const unfit = (what: string) =>
  new DotlightError(
    "usage",
    what,
    "Choose a folder with dataset.json (the Karpathy form) and its photos; or images.npy, captions.npy and captions.json or captions.txt; or a gallery with captions.",
  );

async function vectorSubject(images: LabFile, captions: LabFile, map: LabFile, split: string): Promise<Subject> {
  const read = async ({ path, file }: LabFile) => readNpy(new Uint8Array(await file.arrayBuffer()), path);
  const [photos, sentences] = [await read(images), await read(captions)];
  const { texts, names } = readCaptionMap(await map.file.text(), map.path, split);
  if (names && names.length !== photos.rows) {
    throw unfit(`${map.path} has ${names.length} images of the split "${split}", images.npy has ${photos.rows} rows.`);
  }
  const collection = vectorCollection(photos, sentences, texts);
  const scan = scanOf(photos);
  return {
    dataset: folderOf(images.path) || "vectors",
    split: names ? split : "",
    photos: photos.rows,
    languages: { "": texts.length },
    collection: async () => collection,
    scan: async () => scan,
    items: async (rows) => rows.map((row) => ({ id: names?.[row] ?? `row ${row}` })),
    picture: async () => undefined,
    encoder: undefined,
    runtime: undefined,
    scoring: "These vectors came without pictures, and the cross-encoder reads regions of pictures.",
  };
}

function scanOf({ columns, data }: Matrix): Scan {
  const scan = new Scan(columns);
  scan.add(quantise(data, columns, 3));
  return scan;
}

async function karpathySubject(
  files: LabFile[],
  dataset: LabFile,
  split: string,
  packId: string,
  means: Means,
  onIndexed: OnIndexed,
): Promise<Subject> {
  const { name, images } = readKarpathy(await dataset.file.text(), dataset.path, split);
  const root = dataset.path.slice(0, dataset.path.lastIndexOf("/") + 1);
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  // Often the photos lie in folders of another name than the data set gives them.
  const byName = new Map(files.map(({ path, file }) => [path.split("/").at(-1)!, file]));
  const found = images.map((image) => byPath.get(root + pathOf(image)) ?? byName.get(image.filename.split("/").at(-1)!));
  const kept = images.filter((_, i) => found[i]);
  if (kept.length === 0) {
    throw unfit(
      `${dataset.path} names ${images.length} images of the split "${split}", ${pathOf(images[0]!)} for one, and none of them is among the ${files.length} files.`,
    );
  }
  const photos = found.filter((file) => file !== undefined);
  const captions = captionsOf(kept, "en");
  if (captions.length === 0) throw unfit(`${dataset.path} has no captions for the ${kept.length} images that are here.`);
  const pack = await means.openPack(packId);
  const { id, metric, dimension } = pack.manifest;
  const memory = memorySource(new Map(), "");
  const head = {
    name: `${(name ?? folderOf(dataset.path)) || "dataset"} ${split}`,
    pack: { id, fingerprint: pack.fingerprint },
    dimension,
    metric,
  };
  const { manifest, skipped } = await index(
    photos.map((file, i) => ({ name: kept[i]!.filename, open: async () => ({ pixels: await pixelsOf(file), item: { id: String(i) } }) })),
    new GalleryWriter(memory, head, pack.regions),
    await ImageEncoder.load(pack, means.runtime),
    { list: captions, encoder: await TextEncoder.load(pack, means.runtime, await tokenizerWasm()) },
    onIndexed,
  );
  if (!manifest) throw unfit(`None of the ${photos.length} photos could be read: ${skipped[0]!.name}: ${skipped[0]!.reason}`);
  const gallery = await openGallery(memory);
  const place = async (row: number) => Number((await gallery.items([row]))[0]!.id);
  return {
    ...(await gallerySubject(gallery, means, async (row) => photos[await place(row)])),
    items: async (rows) => (await gallery.items(rows)).map((item) => ({ ...item, id: kept[Number(item.id)]!.filename })),
  };
}

const folderOf = (path: string): string => path.split("/").at(-2) ?? "";

/** Files that were dropped as a folder. */
function fileSource(files: LabFile[], root: string): Source {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  const find = (path: string) => {
    const file = byPath.get(root + path);
    if (!file) throw missing(root + path, "it is not among the files");
    return file;
  };
  const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
  return {
    location: root,
    async read(path, { expect } = {}) {
      const bytes = await bytesOf(find(path));
      if (expect) await verify(root + path, bytes, expect);
      return bytes;
    },
    parts: partsBy(root, async (path, from, to) => bytesOf(find(path).slice(from, to))),
  };
}
