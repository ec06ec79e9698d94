import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Composed, evaluateComposed, type Reached, type Scene } from "../composed-evaluator";
import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { rounded } from "../evaluator";
import { DotlightError } from "../files/errors";
import type { Gallery } from "../gallery/reader";
import { type KarpathyImage, pathOf, readKarpathy } from "../karpathy";
import { Searcher } from "../searcher";
import { progressLine } from "./output";

/** What a data set says of a diorama beside its captions. */
interface Diorama extends KarpathyImage {
  place: string;
  time: string;
  weather: string;
  objects: { class: string; attributes: string[] }[];
}

/** Names that are written as one word in the data set. */
const WORDS: Readonly<Record<string, string>> = { icecream: "ice cream", livingroom: "living room" };
const said = (name: string): string => WORDS[name] ?? name;

/**
 * dotlight eval GALLERY --composed DATASET: how often composed queries have a right photo among the first ten, by what the data set knows of its
 * scenes (src/composed-evaluator.ts says what is asked and what is right).
 */
export async function evalComposed(gallery: Gallery, folder: string, split: string, pack: string, json: boolean): Promise<void> {
  const scenes = await scenesOf(gallery, join(folder, "dataset.json"), split);
  const { source } = await openPack(pack);
  const searcher = await Searcher.open({ gallery, pack: source, runtime: nodeRuntime(), tokenizerWasm });
  await searcher.arrived();
  const ids = (await gallery.items(Array.from({ length: gallery.manifest.count }, (_, row) => row))).map(({ id }) => id);
  const report = progressLine();
  const details = await evaluateComposed(scenes, async (parts, k) => (await searcher.search(parts, k)).hits.map(({ row }) => ids[row]!), {
    onProgress: (done, total) => report(done, total, "composed queries"),
  });
  const composed = { without: details.without.reached, but: details.but.reached, details };
  process.stdout.write(json ? `${JSON.stringify(rounded({ composed }))}\n` : table(details));
}

/** The data set's scenes that are in the gallery. @throws DotlightError "bad-manifest" where it says nothing of them, "empty-gallery" for none */
async function scenesOf(gallery: Gallery, file: string, split: string): Promise<Scene[]> {
  const images = readKarpathy(await readFile(file, "utf8"), file, split).images as Partial<Diorama>[];
  if (images.some(({ place, time, weather, objects }) => !place || !time || !weather || !Array.isArray(objects))) {
    throw new DotlightError(
      "bad-manifest",
      `${file} does not say of every image what it shows (place, time, weather, objects).`,
      "Composed queries are measured on dioramas: see training/diorama/README.md.",
    );
  }
  const items = await gallery.items(Array.from({ length: gallery.manifest.count }, (_, row) => row));
  const there = new Set(items.map(({ id }) => id));
  const scenes = (images as Diorama[])
    .map((image) => ({
      id: pathOf(image),
      place: said(image.place),
      time: image.time,
      weather: image.weather,
      things: image.objects.map(({ class: kind, attributes }) => ({ kind: said(kind), colour: attributes[0]! })),
    }))
    .filter(({ id }) => there.has(id));
  if (scenes.length > 0) return scenes;
  throw new DotlightError(
    "empty-gallery",
    `None of the photos of ${file} are in this gallery.`,
    "Give the data set that it was made from.",
  );
}

function table({ without, but, butSeveral }: Composed): string {
  const row = (name: string, { questions, reached, plain }: Reached) =>
    `${name.padEnd(44)}${String(questions).padStart(10)}${reached.toFixed(1).padStart(10)}${plain.toFixed(1).padStart(10)}\n`;
  return (
    `A right photo among the first ten, % ${"".padEnd(7)} questions  composed     plain\n` +
    row("A without B", without) +
    row("this photo but B, of one kind of thing", but) +
    row("this photo but B, of several kinds", butSeveral) +
    `\nPhotos with A and B among the first ten: ${without.wrong.toFixed(2)}, where B is not left out ${without.plainWrong.toFixed(2)}\n`
  );
}
