import { clusterGallery } from "../clusterer";
import type { Pack } from "../encoders/pack";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { directorySink, directorySource } from "../files/directory.node";
import type { GalleryManifest } from "../gallery/manifest";
import { type Gallery, openGallery } from "../gallery/reader";
import { sample } from "../sample";
import { THINGS } from "../things";
import type { Values } from "./dotlight";
import { natural, progressLine, usage } from "./output";

/** How a gallery is to be clustered; undefined where it is not. */
export interface Clustering {
  /** "auto", or about how many lists. */
  lists: "auto" | number;
  alone: boolean;
}

/** @throws DotlightError "usage" */
export function clusteringOf(values: Values): Clustering | undefined {
  const { clusters } = values;
  const alone = values["list-files"] === true;
  if (clusters === undefined) {
    if (alone) throw usage("--list-files says how the lists of --clusters are written: name both.");
    return undefined;
  }
  return { lists: clusters === "auto" ? "auto" : natural("clusters", clusters, 1), alone };
}

/** Clusters the gallery in a folder; `tables` is the folder of its tables, with a "/" at its end, or "". */
export async function cluster(folder: string, { lists, alone }: Clustering, pack: Pack, tables = ""): Promise<GalleryManifest> {
  const gallery = await openGallery(directorySource(folder));
  const encoder = await TextEncoder.load(pack, nodeRuntime(), await tokenizerWasm());
  const texts: Float32Array[] = [];
  for (const text of await likeQueries(gallery)) texts.push(await encoder.encode([encoder.tokenizer.encode(text)]));
  const { dimension } = pack.manifest;
  return clusterGallery(gallery, directorySink(folder), {
    ...(lists === "auto" ? {} : { lists }),
    texts: texts.map((vector) => vector.subarray(0, dimension)),
    folder: tables,
    alone,
    onProgress: progressLine(),
  });
}

/** Captions that are taken of a language. */
const CAPTIONS = 250;

/** Texts like those that people ask by: names of things, two of them together, and what the gallery has of captions. */
async function likeQueries(gallery: Gallery): Promise<string[]> {
  const pairs = THINGS.map((name, i) => `${name} and ${THINGS[(i * 7 + 3) % THINGS.length]}`);
  const captions: string[] = [];
  for (const language of gallery.languages) {
    const rows = sample(gallery.captionCount(language), CAPTIONS, 1);
    captions.push(...(await gallery.captionTexts(language, rows)).map(({ text }) => text));
  }
  return [...THINGS, ...pairs, ...captions];
}
