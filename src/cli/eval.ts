import { existsSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_PACK } from "../encoders/built-in";
import { ImageEncoder } from "../encoders/image-encoder";
import type { Pack } from "../encoders/pack";
import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { type Category, type Collection, datasetOf, type Pairs, type Ranking, rankByDot, readCollection, rounded } from "../evaluator";
import { directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import { memorySource } from "../files/source";
import { type Gallery, openGallery } from "../gallery/reader";
import { GalleryWriter } from "../gallery/writer";
import { index } from "../indexer";
import { loadPairScoring, type PairScoring, pairScorer } from "../pair-scorer";
import { captionsInGeneral } from "../relevance";
import { type Figures, rerank } from "../rerank-evaluator";
import type { Evaluation, Recall } from "../retrieval/recall";
import type { Values } from "./dotlight";
import { evalComposed } from "./eval-composed";
import { heatFigures, heatTable } from "./eval-heat";
import { relevanceFigures, relevanceTable } from "./eval-relevance";
import { natural, progressLine, usage } from "./output";
import { decode, openFolder } from "./photos";

/** Which captions and photos a sample has; the Lab's default too. */
const SEED = 1;

/** dotlight eval GALLERY|DATASET: a gallery from its own stored vectors, a data set by encoding it first. */
export async function evalCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder) throw usage("dotlight eval takes a gallery with captions, or a data set in the Karpathy form.");
  if (values.composed !== undefined) {
    const gallery = await openGallery(directorySource(folder));
    const pack = values.pack ?? gallery.manifest.pack.id;
    return evalComposed(gallery, values.composed, values.split ?? "test", pack, values.json === true);
  }
  const language = values.language ?? "en";
  const m = values.rerank === undefined ? undefined : natural("rerank", values.rerank);
  const drawn = values.sample === undefined ? undefined : natural("sample", values.sample);
  if (drawn !== undefined && m === undefined) throw usage("--sample says how many captions are re-ranked: it needs --rerank.");
  const { gallery, dataset, split, pack } = existsSync(join(folder, "gallery.json"))
    ? await fromGallery(folder)
    : await fromDataset(folder, values, language);
  // Before minutes are spent on anything else.
  const opened =
    pack ??
    (m === undefined && !values.relevance && values.heat === undefined
      ? undefined
      : await openPack(values.pack ?? gallery.manifest.pack.id));
  const scoring = opened && m !== undefined ? await openScoring(gallery, opened) : undefined;
  const collection = await readCollection(gallery, language);
  const ranking = await rankByDot(collection, m);
  const reranked = scoring && m !== undefined && (await reranking(collection, ranking, scoring, m, drawn));
  const relevance = values.relevance && (await relevanceFigures(gallery, opened!, collection, scoring && { scoring, m: m!, drawn }));
  const heat = values.heat === undefined ? undefined : await heatFigures(gallery, opened!, values.heat);
  const { evaluation, categories, pairs } = ranking;
  const document = {
    dataset,
    split,
    ...evaluation,
    ...(categories.length > 0 ? { categories } : {}),
    ...(pairs ? { pairs } : {}),
    ...(reranked ? { rerank: reranked } : {}),
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...rounded(document), ...(relevance ? { relevance: rounded(relevance, 4) } : {}), ...(heat ? { heat: rounded(heat, 4) } : {}) })}\n`
      : table(document) + (relevance ? relevanceTable(relevance) : "") + (heat ? heatTable(heat) : ""),
  );
}

/** @throws DotlightError for a gallery or pack that cannot re-rank */
async function openScoring(gallery: Gallery, pack: Pack): Promise<PairScoring> {
  const runtime = nodeRuntime();
  return loadPairScoring(gallery, await TextEncoder.load(pack, runtime, await tokenizerWasm()), runtime);
}

/** Re-ranks the first M, or all there are where M is more. */
async function reranking(collection: Collection, ranking: Ranking, scoring: PairScoring, wanted: number, drawn: number | undefined) {
  const { photos, texts } = collection;
  const most = Math.max(photos.length, texts.length);
  const m = Math.min(wanted, most);
  if (m < wanted) process.stderr.write(`There are ${most} to re-rank, not ${wanted}: all of them are re-ranked.\n`);
  const report = progressLine();
  const found = await rerank(
    collection,
    ranking,
    pairScorer(scoring, texts),
    { ms: [m], sample: drawn, seed: SEED },
    { onInterim: ({ task, done, total }) => report(done, total, task === "ir" ? "captions re-ranked" : "photos re-ranked") },
  );
  const { ir, tr, ar, categories } = found.by[0]!;
  return {
    m,
    ir,
    tr,
    ar,
    ...(drawn === undefined ? {} : { sample: drawn, dot: found.dot }),
    ...(categories.length > 0 ? { categories } : {}),
    ...(found.pairs ? { pairs: found.pairs } : {}),
  };
}

async function fromGallery(folder: string) {
  const gallery = await openGallery(directorySource(folder));
  return { gallery, ...datasetOf(gallery.manifest.name), pack: undefined };
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
  const pack = await openPack(values.pack ?? DEFAULT_PACK);
  const runtime = nodeRuntime();
  const memory = memorySource(new Map(), folder);
  const { id, metric, dimension } = pack.manifest;
  const head = { name: dataset.name, pack: { id, fingerprint: pack.fingerprint }, dimension, metric };
  const writer = new GalleryWriter(memory, head, pack.regions, {}, await captionsInGeneral(pack));
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
  return { gallery: await openGallery(memory), dataset: dataset.name, split: dataset.split, pack };
}

type Document = Evaluation & {
  dataset: string;
  split: string;
  categories?: Category[];
  pairs?: Pairs;
  rerank?: Figures & { m: number; sample?: number; dot?: Figures; categories?: Category[]; pairs?: Pairs };
};

const LABEL = 34;

function table({ dataset, split, images, texts, ir, tr, ar, oracle, any, categories, pairs, rerank }: Document): string {
  const cells = (values: number[]) => values.map((value) => value.toFixed(1).padStart(8)).join("");
  const row = (name: string, { r1, r5, r10 }: Recall) => `${name.padEnd(LABEL)}${cells([r1, r5, r10])}\n`;
  const both = (name: string, found: Figures) =>
    `\n${name}\n${row("text -> image (IR)", found.ir)}${row("image -> text (TR)", found.tr)}AR ${found.ar.toFixed(1)}\n`;
  const kinds = ({ categories = [], pairs }: { categories?: Category[]; pairs?: Pairs }) =>
    (categories.length > 0
      ? `\nIR by category\n${categories.map((each) => row(`${each.name} (${each.captions})`, each.ir)).join("")}`
      : "") + (pairs ? `minimal pairs, the right one of the two first: ${pairs.right.toFixed(1)} %\n` : "");
  return (
    `${dataset} ${split}: ${images} images, ${texts} captions\n\n${" ".repeat(LABEL)}     R@1     R@5    R@10\n` +
    row("text -> image (IR)", ir) +
    row("image -> text (TR)", tr) +
    (any ? row("IR, any satisfying image", any) : "") +
    `\nAR ${ar.toFixed(1)}${oracle ? ` (a perfect ranker: ${oracle.ar.toFixed(1)})` : ""}\n` +
    kinds({ ...(categories ? { categories } : {}), ...(pairs ? { pairs } : {}) }) +
    (rerank
      ? (rerank.dot ? both(`Of ${rerank.sample} captions and ${rerank.sample} photos, by dot product`, rerank.dot) : "") +
        both(`The first ${rerank.m} re-ranked`, rerank) +
        kinds(rerank)
      : "")
  );
}
