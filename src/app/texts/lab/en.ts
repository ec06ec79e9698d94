import type { ReactNode } from "react";
import { writing } from "../writing";

const { number, plural } = writing("en");

const captions = (count: number): string => `${number(count)} ${plural(count, { one: "caption", other: "captions" })}`;
const pictures = (count: number): string => `${number(count)} ${plural(count, { one: "picture", other: "pictures" })}`;

/** What the Lab says. Figures come written; what stands between backticks is a name of a file or a command. */
export const lab = {
  title: "The Lab",
  about:
    "LightningDOT, measured in this tab: how captions and pictures find each other by one dot product, by a cross-encoder over the best few, and by a cross-encoder over everything.",
  drop: "Drop a data set, vectors or a gallery to measure it here",
  toPictures: "text → image",
  toCaptions: "image → text",
  asGiven: "as given",
  categories: {
    attribute: "colour, material, size",
    relation: "who stands where",
    scene: "whole scene",
    count: "count",
    terse: "terse",
    "minimal pair": "minimal pair",
  } as Record<string, string>,

  setup: {
    label: "What is measured",
    nothing: "Nothing is open",
    opening: "Opening …",
    contents: (photos: number, texts: number) => `${pictures(photos)}, ${captions(texts)}`,
    language: "Language",
    first: "Re-rank the first",
    on: "On",
    all: "all of them",
    sample: (count: number) => `${number(count)} captions and pictures`,
    full: "Score everything for",
    none: "no caption",
    captions,
    seed: "Seed",
    run: "Run",
    stop: "Stop",
    own: "Measure your own",
    how: "Drop or choose a folder: a data set in the Karpathy form (`dataset.json` and its photos, encoded here); or ready-made vectors (`images.npy` and `captions.npy`, float32, with `captions.json`, `captions.txt` or a `dataset.json`); or a gallery with captions. It stays in this tab.",
    split: "Split",
    chooseFolder: "Choose a folder",
    chooseFiles: "Choose files",
    folder: "Folder to measure",
    files: "Files to measure",
  },

  doing: {
    stopped: "Stopped: what had been found by then stays below.",
    starting: "Starting …",
    finished: "Finished.",
    idle: "Press Run: the figures fill in as they are found.",
    of: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    rate: (rate: string) => `${rate} a second`,
    seconds: (count: number) => `${number(count)} s left`,
    minutes: (count: number) => `${number(count)} min left`,
    what: {
      photos: "Encoding photos",
      captions: "Encoding captions",
      reading: "Reading the vectors",
      dot: "Dot product: captions",
      timing: "Timing queries",
      loading: "Timing the cross-encoder",
      captionsAgain: "Re-ranking: captions",
      picturesAgain: "Re-ranking: pictures",
      full: "Full cross-attention: captions",
    },
  },

  panels: {
    label: "Recall",
    many: "How many are re-ranked",
    dot: "Dot product",
    dotAbout: "one vector a picture, one a caption",
    oracle: (ar: string) => `A perfect ranker reaches ${ar}: some captions fit several pictures.`,
    rerank: "Re-ranked",
    rerankAbout: (first: number) => `the first ${number(first)} by a cross-encoder`,
    ofAll: "Of all captions and pictures.",
    ofDrawn: (texts: number, photos: number, ar: string) =>
      `Of ${captions(texts)} and ${pictures(photos)}, on which the dot product has AR ${ar}.`,
    willDraw: (count: number) => `Of ${number(count)} captions and pictures, drawn by the seed.`,
    full: "Full cross-attention",
    fullAbout: "every picture by the cross-encoder",
    ofFull: (texts: number, r1: string, all: number) =>
      `Of ${captions(texts)}, on which the dot product has R@1 ${r1}. The other way round it would take ${captions(all)} a picture.`,
    notAsked: "Not asked for.",
    willScore: (texts: number) => `Of ${captions(texts)}, drawn by the seed: this is the slow way.`,
  },

  saving: {
    title: "What it saves",
    less: "less time than scoring every picture by the cross-encoder",
    against: (query: string, encode: string, scan: string, photos: number, full: string) =>
      `${query} ms a query (${encode} to encode, ${scan} to scan ${pictures(photos)}) against ${full} ms.`,
    again: (first: number, ms: string, times: ReactNode) => [`With the first ${number(first)} re-ranked, ${ms} ms: `, times, " less."],
    query: "ms a query",
    scanned: (photos: number) => `To scan ${pictures(photos)}; these vectors came without their encoder.`,
    spent: (encode: string, scan: string, photos: number) => `${encode} to encode the words, ${scan} to scan ${pictures(photos)}.`,
    adds: (first: number, ms: string) => `Re-ranking the first ${number(first)} adds ${ms} ms.`,
    middle: (queries: number) => `The middle of ${captions(queries)} as queries, in this tab.`,
    middleOn: (queries: number, device: string) => `The middle of ${captions(queries)} as queries, on ${device}, in this tab.`,
  },

  chart: {
    axis: "milliseconds a query",
    key: "dot: dot product alone; then the first M re-ranked; all: every picture",
    dot: "dot",
    all: "all",
    label: "Recall against milliseconds a query.",
    point: (name: string, ms: string, r1: string) => `${name}: ${ms} ms, R@1 ${r1}`,
  },

  hard: {
    title: "What is hard",
    pairs: (whom: ReactNode) => ["Of two pictures that differ only in ", whom, ", the right one scores higher"],
    whoHasWhat: "who has what",
    byDot: "% by dot product",
    again: "% re-ranked",
    about: "Captions about",
    r1: "R@1, text → image, by dot product",
    first: (first: number) => `the first ${number(first)} re-ranked`,
    drawn: (texts: number) => `Of the ${captions(texts)} drawn by the seed.`,
  },

  cases: {
    title: "Look at them",
    label: "What became of the caption",
    outcomes: {
      missed: "Missed",
      found: "Found",
      repaired: "Set right by re-ranking",
      spoilt: "Spoilt by re-ranking",
      missedBoth: "Missed by both",
      foundBoth: "Found by both",
    },
    about: "Captions about",
    anything: "anything",
    none: "No caption of this kind.",
    previous: "Previous",
    next: "Next",
    page: (from: number, to: number, total: number) => `${number(from)}–${number(to)} of ${number(total)}`,
    textless: "(a caption without its text)",
    own: "its own",
    byDot: "first by dot product",
    again: "first re-ranked",
    right: "right",
    place: (place: number) => `its own: place ${number(place)}`,
    fits: "fits too",
  },

  languages: {
    title: "In other languages",
    captions: "Captions in",
    ar: "AR by dot product",
    again: "re-ranked",
    run: "Run",
    runAgain: "Run again",
    inLanguage: (language: string) => `in ${language}`,
  },

  ablation: {
    title: "What the pre-training objectives are worth",
    with: "Pre-trained with",
    toPictures: "text → image R@1",
    toCaptions: "image → text R@1",
    difference: "AR to all",
    note: (updates: number, pretraining: number, photos: number, seeds: number) =>
      `${number(updates)} updates each, ${number(pretraining)} of them pre-training; ${number(photos)} images of val; mean ± standard deviation of ${number(seeds)} ${plural(seeds, { one: "seed", other: "seeds" })}.`,
    cores: (cores: number) => `${number(cores)} ${plural(cores, { one: "core", other: "cores" })}`,
    committed: "Not run in this tab: these are the committed results of `npm run ablation`.",
  },

  take: {
    title: "Take it along",
    slide: "SVG for a slide",
    link: "This run again",
    copied: "Copied",
    copy: "Copy the link",
  },

  slide: {
    contents: (photos: number, texts: number) =>
      `${number(photos)} ${plural(photos, { one: "image", other: "images" })}, ${captions(texts)}`,
    drawn: (count: number, seed: number) => `re-ranked: ${number(count)} captions and images, seed ${seed}`,
    foot: "Dotlight: LightningDOT (NAACL 2021), measured in a browser tab",
    dot: "dot product",
    dotDrawn: "dot, same sample",
    first: (first: number) => `first ${number(first)} re-ranked`,
    full: "full cross-attention",
    less: "less time than full cross-attention",
    query: "a query",
    axis: "ms a query",
    short: "t → i",
  },
};

export type LabTexts = typeof lab;
