import type { Collection, Watch } from "./evaluator";
import { casesOf, half } from "./relevance-evaluator";
import type { PairScorer } from "./rerank-evaluator";
import { fitLogistic } from "./retrieval/logistic";
import { type Calibration, evidence, spreadOver } from "./retrieval/relevance";
import { sample } from "./sample";

/** Rows of each bank: with twice as many nothing is told apart better. */
const BANK = 64;
/** Photos are taken away in so many ways, so that most captions are seen with and without a match. */
const DRAWS = 2;

/**
 * Fits what a pack's scores mean on photos and captions that it was not trained on: photos are taken away until half the captions have no match, and
 * of each caption's best the matches are told from the others. With a scorer by the match logit too; with `drawn` by so many of the captions.
 */
export async function calibrate(
  collection: Collection,
  { seed, drawn: wanted, scorer }: { seed: number; drawn?: number | undefined; scorer?: PairScorer | undefined },
  watch: Watch = {},
): Promise<Calibration> {
  const { photos, captions, texts } = collection;
  const only = sample(texts.length, wanted ?? texts.length, seed);
  const drawn = <T>(all: T[]) => sample(all.length, BANK, seed).map((i) => all[i]!);
  const banks = { photos: drawn(photos), captions: drawn(captions) };
  const general = {
    queries: captions.map((query) => spreadOver(banks.photos, query)),
    photos: photos.map((photo) => spreadOver(banks.captions, photo)),
  };
  const rows: { dot: number[]; match: number[] | undefined; right: boolean }[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const progress: Watch = { ...watch, onProgress: (done, total) => watch.onProgress?.(draw * total + done, DRAWS * total) };
    for (const { text, hits, right } of await casesOf(
      collection,
      half(texts, photos.length, seed + 1 + draw),
      { only, scorer },
      progress,
    )) {
      for (const [i, { row, score, match }] of hits.entries()) {
        const by = (logit?: number) => evidence(score, general.queries[text]!, general.photos[row]!, logit);
        rows.push({ dot: by(), match: match === undefined ? undefined : by(match), right: right[i]! });
      }
    }
  }
  const labels = rows.map(({ right }) => right);
  return {
    ...banks,
    dot: fitLogistic(
      rows.map(({ dot }) => dot),
      labels,
    ),
    ...(scorer
      ? {
          match: fitLogistic(
            rows.map(({ match }) => match!),
            labels,
          ),
        }
      : {}),
  };
}
