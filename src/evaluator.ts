import { DotlightError } from "./files/errors";
import type { ReadOptions } from "./files/source";
import { fill } from "./gallery/fill";
import type { CaptionText } from "./gallery/manifest";
import type { Gallery } from "./gallery/reader";
import { dot } from "./retrieval/dot";
import { Leaders } from "./retrieval/leaders";
import { type Evaluation, Places, type Recall, recall, type Truth } from "./retrieval/recall";
import { Scan, type Vector } from "./retrieval/scan";

/** What is evaluated: vectors of one dimension, and for each caption vector its text. */
export interface Collection {
  photos: Vector[];
  captions: Vector[];
  texts: CaptionText[];
}

/** How a long evaluation is watched and ended. */
export interface Watch {
  /** Hears how many are done, a few times a second. */
  onProgress?: (done: number, total: number) => void;
  /** Awaited a few times a second, so that messages can arrive. */
  pause?: () => Promise<void>;
  /** Asked as often: true ends the evaluation, which then throws "overtaken". */
  stopped?: () => boolean;
}

/** Captions of a category, and how well they find their photo. */
export interface Category {
  name: string;
  captions: number;
  ir: Recall;
}

/** Captions of minimal pairs, and the percentage of them that score their photo above its rival. */
export interface Pairs {
  captions: number;
  right: number;
}

/** The ranking by dot product. */
export interface Ranking {
  evaluation: Evaluation;
  categories: Category[];
  /** Where there are minimal pairs. */
  pairs: Pairs | undefined;
  places: Places;
  /** Each caption's first photos, each photo's first captions; as many as were asked for. */
  photosOf: Int32Array[];
  captionsOf: Int32Array[];
}

export const MINIMAL_PAIR = "minimal pair";
/** Milliseconds between two reports. */
const REPORT_EVERY = 80;

/** A gallery's stored image and caption vectors. @throws DotlightError for captions it has none of, "missing-file", "truncated", "altered" */
export async function readCollection(gallery: Gallery, language: string, options: ReadOptions = {}): Promise<Collection> {
  const { dimension } = gallery.manifest;
  const count = gallery.captionCount(language);
  const [photos, captions] = [new Scan(dimension), new Scan(dimension)];
  await fill(photos, gallery.vectors(options));
  await fill(captions, gallery.captionVectors(language));
  const texts = await gallery.captionTexts(
    language,
    Array.from({ length: count }, (_, i) => i),
  );
  return { photos: vectors(photos), captions: vectors(captions), texts };
}

const vectors = (scan: Scan): Vector[] => Array.from({ length: scan.rows }, (_, row) => scan.vector(row));

/**
 * Ranks all photos for each caption and all captions for each photo by dot product, and keeps the first `keep` of each.
 * @throws DotlightError "overtaken" when it was stopped
 */
export async function rankByDot(
  { photos, captions, texts }: Collection,
  keep = 0,
  watch: Omit<Watch, "onProgress"> & { onInterim?: (done: number, total: number, ir: Recall) => void } = {},
): Promise<Ranking> {
  const truths = texts.map(({ image, relevant }): Truth => ({ image, ...(relevant ? { relevant } : {}) }));
  const own = truths.map(({ image }, text) => dot(photos[image]!, captions[text]!));
  const places = new Places(photos.length, truths, own);
  const photosOf: Int32Array[] = [];
  const leaders = keep > 0 ? photos.map(() => new Leaders(Math.min(keep, texts.length))) : [];
  const rivals = rivalsOf(texts);
  const right: boolean[] = [];
  const onProgress = (done: number, total: number) => watch.onInterim?.(done, total, recall(places.ir.subarray(0, done)));
  const step = stepper({ ...watch, onProgress }, texts.length);
  const scores = new Float64Array(photos.length);
  for (const [text, query] of captions.entries()) {
    for (const [image, photo] of photos.entries()) scores[image] = dot(photo, query);
    places.take(text, scores);
    const rival = rivals.get(text);
    if (rival !== undefined) right.push(own[text]! > scores[rival]!);
    if (keep > 0) {
      const first = new Leaders(Math.min(keep, photos.length));
      for (let image = 0; image < scores.length; image++) {
        first.offer(image, scores[image]!);
        leaders[image]!.offer(text, scores[image]!);
      }
      photosOf.push(first.ids());
    }
    await step(text + 1);
  }
  return {
    evaluation: places.evaluation(),
    categories: categoriesOf(texts, places.ir),
    pairs: pairsOf(right),
    places,
    photosOf,
    captionsOf: leaders.map((each) => each.ids()),
  };
}

/**
 * The rival of each photo of a minimal pair: the photo that differs from it in who has what and is otherwise alike. Photos of a pair are
 * neighbours, and no caption of that category speaks of any other photo.
 */
export function rivalPhotos(texts: CaptionText[]): Map<number, number> {
  const paired = new Map<number, number>();
  const rows = [...new Set(texts.filter(({ category }) => category === MINIMAL_PAIR).map(({ image }) => image))].sort((a, b) => a - b);
  for (let i = 0; i + 1 < rows.length; i++) {
    const [one, other] = [rows[i]!, rows[i + 1]!];
    if (other !== one + 1) continue;
    paired.set(one, other).set(other, one);
    i++;
  }
  return paired;
}

/** The rival of a minimal pair's caption, by caption. */
export function rivalsOf(texts: CaptionText[]): Map<number, number> {
  const paired = rivalPhotos(texts);
  const rivals = new Map<number, number>();
  for (const [text, { category, image }] of texts.entries()) {
    const rival = category === MINIMAL_PAIR ? paired.get(image) : undefined;
    if (rival !== undefined) rivals.set(text, rival);
  }
  return rivals;
}

/**
 * Text -> image by the captions' categories, largest first; none where captions name none. `ir` has each caption's place, NaN for those to
 * be left out.
 */
export function categoriesOf(texts: CaptionText[], ir: Float64Array): Category[] {
  const byName = new Map<string, number[]>();
  for (const [text, { category }] of texts.entries()) {
    if (category === undefined || Number.isNaN(ir[text])) continue;
    const list = byName.get(category);
    if (list) list.push(text);
    else byName.set(category, [text]);
  }
  return [...byName]
    .map(([name, list]) => ({
      name,
      captions: list.length,
      ir: recall(list.map((text) => ir[text]!)),
    }))
    .sort((a, b) => b.captions - a.captions);
}

/** What became of minimal pairs' captions, of which `right` has one each; undefined without any. */
export function pairsOf(right: boolean[]): Pairs | undefined {
  return right.length === 0 ? undefined : { captions: right.length, right: (100 * right.filter(Boolean).length) / right.length };
}

/** Reports, pauses and looks for the end, all a few times a second and at the last. */
export function stepper({ onProgress, pause, stopped }: Watch, total: number): (done: number) => Promise<void> {
  let last = performance.now();
  return async (done) => {
    if (done < total && performance.now() - last < REPORT_EVERY) return;
    onProgress?.(done, total);
    await pause?.();
    if (stopped?.()) throw new DotlightError("overtaken", "The evaluation was stopped.", "");
    last = performance.now();
  };
}

/** A gallery of a data set's split is named after both. */
export function datasetOf(name: string): { dataset: string; split: string } {
  const [dataset = name, split = ""] = name.split(" ");
  return { dataset, split };
}

/** Every figure of a result with so many decimals, as it is written. */
export function rounded<T>(result: T, decimals = 2): T {
  return JSON.parse(JSON.stringify(result, (_, value) => (typeof value === "number" ? Number(value.toFixed(decimals)) : value)));
}
