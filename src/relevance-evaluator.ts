import { type Collection, rivalPhotos, stepper, type Watch } from "./evaluator";
import type { CaptionText } from "./gallery/manifest";
import type { Judged } from "./relevance";
import type { PairScorer } from "./rerank-evaluator";
import { dot } from "./retrieval/dot";
import { Leaders } from "./retrieval/leaders";
import { LINE } from "./retrieval/relevance";
import type { Vector } from "./retrieval/scan";
import { auroc, calibrationError } from "./retrieval/telling-apart";
import { sample } from "./sample";

/** Photos of a caption that are judged, the best by their dot scores. */
export const JUDGED = 10;

/** How well probabilities tell captions that something matches from those that nothing does. */
export interface Told {
  /** Captions; in percent how many of them nothing in the gallery matches. */
  captions: number;
  unmatched: number;
  auroc: number;
  /** By the highest dot score, and by the highest cosine. */
  rawAuroc: number;
  cosineAuroc: number;
  /** Of the best photo's probability, against whether that photo matches. */
  ece: number;
  /** Of the photos above the line, how many match; of the photos that match, how many are above it. */
  precision: number;
  recall: number;
}

/**
 * Minimal pairs are told of apart: captions, of whatever category, that are true of one photo of a pair, which nothing but binding tells from its
 * rival. `all` has both.
 */
export interface ToldApart extends Told {
  pairs?: Told;
  all?: Told;
}

/** A caption's best photos among those that are left, and what is true of it. */
export interface Case {
  text: number;
  hits: Judged[];
  /** Whether each hit matches. */
  right: boolean[];
  /** Photos left that match. */
  left: number;
  cosine: number;
}

/** The photos that a caption is true of. */
export const matchesOf = ({ image, relevant }: CaptionText): number[] =>
  relevant?.includes(image) ? relevant : [image, ...(relevant ?? [])];

/** Which photos are left when as many are taken away, in an order drawn by the seed, as leave half the captions or more without a match. */
export function half(texts: CaptionText[], photos: number, seed: number): Set<number> {
  const matches = texts.map(matchesOf);
  const leftAfter = (taken: number) => {
    const gone = new Set(sample(photos, taken, seed));
    return { gone, unmatched: matches.filter((rows) => rows.every((row) => gone.has(row))).length };
  };
  // More taken is more without a match: those that a smaller sample takes a larger one takes too.
  let [low, high] = [0, photos];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leftAfter(middle).unmatched * 2 >= texts.length) high = middle;
    else low = middle + 1;
  }
  const { gone } = leftAfter(low);
  return new Set(Array.from({ length: photos }, (_, row) => row).filter((row) => !gone.has(row)));
}

/** Which captions are asked, all where nothing is said; how many of the best photos of each are judged; what gives these match logits. */
export interface Asking {
  only?: number[];
  judged?: number;
  scorer?: PairScorer | undefined;
}

/** Each caption's best photos among those that are left, by their dot scores; with a scorer their match logits too. @throws DotlightError "overtaken" */
export async function casesOf(
  { photos, captions, texts }: Collection,
  left: Set<number>,
  { only = texts.map((_, text) => text), judged = JUDGED, scorer }: Asking = {},
  watch: Watch = {},
): Promise<Case[]> {
  const rows = [...left];
  const lengths = photos.map((vector) => Math.sqrt(dot(vector, vector)));
  const step = stepper(watch, only.length);
  const cases: Case[] = [];
  for (const text of only) {
    const query = captions[text]!;
    const best = new Leaders(Math.min(judged, rows.length));
    let cosine = Number.NEGATIVE_INFINITY;
    const scores = new Map<number, number>();
    for (const row of rows) {
      const score = dot(photos[row]!, query);
      scores.set(row, score);
      best.offer(row, score);
      cosine = Math.max(cosine, score / lengths[row]!);
    }
    const matches = new Set(matchesOf(texts[text]!).filter((row) => left.has(row)));
    const ids = [...best.ids()];
    const logits = await scorer?.(text, ids);
    const hits = ids.map((row, i) => ({ row, score: scores.get(row)!, ...(logits ? { match: logits[i]! } : {}) }));
    cases.push({
      text,
      hits,
      right: ids.map((row) => matches.has(row)),
      left: matches.size,
      cosine: cosine / Math.sqrt(dot(query, query)),
    });
    await step(cases.length);
  }
  return cases;
}

/** What the probabilities tell, minimal pairs apart. */
export function told({ captions, texts }: Collection, cases: Case[], judge: (query: Vector, hits: Judged[]) => number[]): ToldApart {
  const rivals = rivalPhotos(texts);
  const figures = (of: Case[]): Told => {
    const judged = of.map((each) => ({ ...each, probabilities: judge(captions[each.text]!, each.hits) }));
    const best = judged.map(({ probabilities }) => probabilities.indexOf(Math.max(...probabilities)));
    const matched = of.map(({ left }) => left > 0);
    const by = (score: (each: (typeof judged)[number], best: number) => number) => judged.map((each, i) => score(each, best[i]!));
    const shown = judged.flatMap(({ probabilities, right }) => right.filter((_, i) => probabilities[i]! >= LINE));
    const percent = (part: number, all: number) => (100 * part) / all;
    const highest = by(({ probabilities }, at) => probabilities[at]!);
    return {
      captions: of.length,
      unmatched: percent(matched.filter((one) => !one).length, of.length),
      auroc: auroc(highest, matched),
      rawAuroc: auroc(
        by(({ hits }) => hits[0]!.score),
        matched,
      ),
      cosineAuroc: auroc(
        by(({ cosine }) => cosine),
        matched,
      ),
      ece: calibrationError(
        highest,
        judged.map(({ right }, i) => right[best[i]!]!),
      ),
      precision: percent(shown.filter(Boolean).length, shown.length),
      recall: percent(
        shown.filter(Boolean).length,
        of.reduce((sum, { left }) => sum + left, 0),
      ),
    };
  };
  const paired = ({ text }: Case) => {
    const rival = rivals.get(texts[text]!.image);
    return rival !== undefined && !matchesOf(texts[text]!).includes(rival);
  };
  const pairs = cases.filter(paired);
  return {
    ...figures(cases.filter((each) => !paired(each))),
    ...(pairs.length > 0 ? { pairs: figures(pairs), all: figures(cases) } : {}),
  };
}
