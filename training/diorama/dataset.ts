import { type Caption, captionsOf } from "./captions.ts";
import { type FinishedScene, fileName, type Settings } from "./files.ts";
import type { Language } from "./language/index.ts";
import { type Ceiling, ceiling } from "./oracle.ts";
import { type Proposition, satisfies } from "./propositions.ts";
import type { Scene } from "./scene.ts";
import { type Split, splitOf } from "./splits.ts";

/** A caption in the Karpathy form; `relevant`: the imgids of its split that it is true of (test and val only). */
export interface Sentence extends Caption {
  sentid: number;
  imgid: number;
  relevant?: number[];
}

export interface Image {
  filename: string;
  imgid: number;
  split: Split;
  place: string;
  time: string;
  weather: string;
  objects: {
    class: string;
    attributes: string[];
    /** [x1, y1, x2, y2] around what is visible, as shares of the picture. */
    box: number[];
    /** Share that nothing hides. */
    visible: number;
  }[];
  sentids: number[];
  sentences: Sentence[];
}

export interface Dataset extends Settings {
  dataset: "diorama";
  images: Image[];
}

/** How many captions a scene gets: a measured split has five, as the paper's protocol has it. */
const MEASURED_CAPTIONS = 5;

/** Which of these scenes the proposition is true of, by number. */
export function relevantScenes(scenes: readonly Scene[], proposition: Proposition): number[] {
  return scenes.filter((scene) => satisfies(scene, proposition)).map(({ number }) => number);
}

/**
 * Captions for finished scenes, and all in the Karpathy form; scenes ascending by number. With `brief` the measured splits' captions are as many as
 * training's and like them, every second of few words and true of many scenes: as people ask.
 */
export function assemble(
  scenes: readonly FinishedScene[],
  settings: Settings,
  trainCaptions: number,
  languages: readonly Language[] = [],
  brief = false,
): Dataset {
  let sentid = 0;
  const within = (split: Split) => scenes.filter(({ number }) => splitOf(number) === split);
  const peers = { test: within("test"), val: within("val") };
  const images = scenes.map((scene): Image => {
    const imgid = scene.number;
    const split = splitOf(imgid);
    const training = split === "train";
    const like = training || brief;
    const sentences = captionsOf(scene, settings.seed, like ? trainCaptions : MEASURED_CAPTIONS, languages, like).map(
      (caption): Sentence => {
        const relevant = training ? {} : { relevant: relevantScenes(peers[split], caption.proposition) };
        return { ...caption, sentid: sentid++, imgid, ...relevant };
      },
    );
    return {
      filename: `images/${fileName(imgid)}.jpg`,
      imgid,
      split,
      place: scene.place,
      time: scene.time,
      weather: scene.weather,
      objects: scene.objects.map(({ kind, colour, material, size }, index) => ({
        class: kind,
        attributes: [colour, material, size],
        ...scene.visibility[index]!,
      })),
      sentids: sentences.map((sentence) => sentence.sentid),
      sentences,
    };
  });
  return { dataset: "diorama", ...settings, images };
}

/** The ceiling of each measured split that has images. */
export function ceilings({ images }: Dataset): Partial<Record<Split, Ceiling>> {
  const result: Partial<Record<Split, Ceiling>> = {};
  for (const split of ["test", "val"] as const) {
    const captions = images.filter((image) => image.split === split).flatMap(({ sentences }) => sentences);
    if (captions.length > 0) result[split] = ceiling(captions.map(({ imgid, relevant }) => ({ imgid, relevant: relevant! })));
  }
  return result;
}
