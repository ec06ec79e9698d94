import {
  type Category,
  type Collection,
  categoriesOf,
  type Pairs,
  pairsOf,
  type Ranking,
  rivalsOf,
  stepper,
  type Watch,
} from "./evaluator";
import { averageRecall, type Recall, recall } from "./retrieval/recall";
import { sample } from "./sample";

/** Match logits of one caption with each of these photos, in their order. */
export type PairScorer = (caption: number, rows: number[]) => Promise<Float32Array>;

/** What is re-ranked: the first M, for each of these M; of all captions and photos, or of so many drawn by the seed. */
export interface Plan {
  ms: number[];
  sample?: number | undefined;
  seed: number;
}

/** Recall of both tasks, and their mean. */
export interface Figures {
  ir: Recall;
  tr: Recall;
  ar: number;
}

/** The ranking whose first M were put in order by the match logit alone. */
export interface Reranked extends Figures {
  m: number;
  categories: Category[];
}

/** One task's figures on the way, for each M. */
export interface Interim {
  task: "ir" | "tr";
  done: number;
  total: number;
  recalls: Recall[];
}

export interface Reranking {
  /** One for each M of the plan. */
  by: Reranked[];
  /** How many captions, and photos, of all. */
  captions: number;
  photos: number;
  /** The dot product's figures on the same ones. */
  dot: Figures & { categories: Category[] };
  /** Of all minimal pairs, where there are any. */
  pairs: Pairs | undefined;
  /** For each M: each caption's place after re-ranking (NaN where it was left out) and its first photo (-1). */
  places: Float64Array[];
  first: Int32Array[];
}

/** Photos whose captions are scored together, caption by caption. */
const PHOTOS_AT_A_TIME = 16;
/** Rows whose regions are in memory at a time when all of them are scored. */
const ROWS_AT_A_TIME = 500;

/**
 * Re-ranks the first M of the ranking by dot product, both ways: what is behind them stays where it was. Equal logits count as equal dot
 * scores do. The captions of minimal pairs are all compared with their rivals, whatever the sample.
 * @throws DotlightError "overtaken" when it was stopped, and what the scorer throws
 */
export async function rerank(
  { texts }: Collection,
  ranking: Ranking,
  scorer: PairScorer,
  plan: Plan,
  watch: Omit<Watch, "onProgress"> & { onInterim?: (interim: Interim) => void } = {},
): Promise<Reranking> {
  const { places } = ranking;
  const { ms } = plan;
  const captions = sample(texts.length, plan.sample ?? texts.length, plan.seed);
  const captioned = [...new Set(texts.map(({ image }) => image))].sort((a, b) => a - b);
  const photos = sample(captioned.length, plan.sample ?? captioned.length, plan.seed).map((i) => captioned[i]!);
  const ir = await textToImage(texts, ranking, scorer, captions, ms, watch);
  const tr = await imageToText(texts, ranking, scorer, photos, ms, watch);
  const figures = (ir: Recall, tr: Recall): Figures => ({ ir, tr, ar: averageRecall(ir, tr) });
  return {
    by: ms.map((m, i) => ({
      m,
      ...figures(recall(taken(ir.places[i]!)), recall(tr[i]!)),
      categories: categoriesOf(texts, ir.places[i]!),
    })),
    captions: captions.length,
    photos: photos.length,
    dot: {
      ...figures(recall(captions.map((text) => places.ir[text]!)), recall(photos.map((photo) => places.tr[photo]!))),
      categories: categoriesOf(texts, onlyOf(places.ir, captions)),
    },
    pairs: pairsOf(ir.right),
    places: ir.places,
    first: ir.first,
  };
}

type Watching = Parameters<typeof rerank>[4] & object;

async function textToImage(
  texts: Collection["texts"],
  { places, photosOf }: Ranking,
  scorer: PairScorer,
  captions: number[],
  ms: number[],
  watch: Watching,
) {
  const rivals = rivalsOf(texts);
  const right: boolean[] = [];
  const placed = ms.map(() => new Float64Array(texts.length).fill(Number.NaN));
  const first = ms.map(() => new Int32Array(texts.length).fill(-1));
  const drawn = new Set(captions);
  const others = [...rivals.keys()].filter((text) => !drawn.has(text));
  const total = captions.length + others.length;
  const onProgress = (done: number) => {
    const recalls = placed.map((each) => recall(taken(each)));
    watch.onInterim?.({ task: "ir", done, total, recalls });
  };
  const step = stepper({ ...watch, onProgress }, total);
  for (const [done, text] of [...captions, ...others].entries()) {
    const own = texts[text]!.image;
    const rival = rivals.get(text);
    const rows = drawn.has(text) ? [...photosOf[text]!.subarray(0, Math.max(...ms))] : [];
    const besides = (rival === undefined ? [] : [own, rival]).filter((row) => !rows.includes(row));
    const logits = await scorer(text, [...rows, ...besides]);
    const at = rows.indexOf(own);
    if (rival !== undefined) {
      const of = (row: number) => logits[[...rows, ...besides].indexOf(row)]!;
      right.push(of(own) > of(rival));
    }
    for (const [i, m] of rows.length > 0 ? ms.entries() : []) {
      const among = logits.subarray(0, Math.min(m, rows.length));
      placed[i]![text] = at >= 0 && at < among.length ? placeOf(among, among[at]!) : Math.max(m, places.ir[text]!);
      first[i]![text] = rows[highest(among)]!;
    }
    await step(done + 1);
  }
  return { places: placed, first, right };
}

/** For each M, each photo's place: captions before the best of its own. */
async function imageToText(
  texts: Collection["texts"],
  { places, captionsOf }: Ranking,
  scorer: PairScorer,
  photos: number[],
  ms: number[],
  watch: Watching,
): Promise<number[][]> {
  const placed = ms.map((): number[] => []);
  const onProgress = (done: number) =>
    watch.onInterim?.({ task: "tr", done, total: photos.length, recalls: placed.map((each) => recall(each)) });
  const step = stepper({ ...watch, onProgress }, photos.length);
  for (let from = 0; from < photos.length; from += PHOTOS_AT_A_TIME) {
    const block = photos.slice(from, from + PHOTOS_AT_A_TIME);
    const lists = block.map((photo) => captionsOf[photo]!.subarray(0, Math.max(...ms)));
    const logits = lists.map((list) => new Float32Array(list.length));
    /** Photos and places in their lists, by caption. */
    const wanted = new Map<number, { photo: number; at: number }[]>();
    for (const [photo, list] of lists.entries()) {
      for (const [at, text] of list.entries()) {
        if (!wanted.has(text)) wanted.set(text, []);
        wanted.get(text)!.push({ photo, at });
      }
    }
    for (const [text, pairs] of wanted) {
      const scored = await scorer(
        text,
        pairs.map(({ photo }) => block[photo]!),
      );
      for (const [i, { photo, at }] of pairs.entries()) logits[photo]![at] = scored[i]!;
      await step(from);
    }
    for (const [n, photo] of block.entries()) {
      for (const [i, m] of ms.entries()) {
        const among = logits[n]!.subarray(0, m);
        let best = Number.NEGATIVE_INFINITY;
        for (const [at, logit] of among.entries()) if (texts[lists[n]![at]!]!.image === photo) best = Math.max(best, logit);
        const found = best > Number.NEGATIVE_INFINITY;
        placed[i]!.push(found ? among.filter((logit) => logit > best).length : Math.max(m, places.tr[photo]!));
      }
    }
    await step(from + block.length);
  }
  return placed;
}

/** What every photo scored by the cross-encoder gives, for a few captions drawn by the seed. */
export interface Full {
  captions: number;
  ir: Recall;
  /** The dot product's on the same captions. */
  dot: Recall;
  /** Milliseconds a caption took, the middle of them. */
  ms: number;
}

/** Full cross-attention, the paper's slow way: every photo for each of `count` captions. @throws DotlightError "overtaken" */
export async function crossEncodeAll(
  { texts, photos }: Collection,
  { places }: Ranking,
  scorer: PairScorer,
  { count, seed }: { count: number; seed: number },
  watch: Omit<Watch, "onProgress"> & { onInterim?: (done: number, total: number, ir: Recall) => void } = {},
): Promise<Full> {
  const captions = sample(texts.length, count, seed);
  const rows = photos.map((_, row) => row);
  const placed: number[] = [];
  const times: number[] = [];
  for (const text of captions) {
    const began = performance.now();
    const logits = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += ROWS_AT_A_TIME) logits.set(await scorer(text, rows.slice(at, at + ROWS_AT_A_TIME)), at);
    times.push(performance.now() - began);
    placed.push(placeOf(logits, logits[texts[text]!.image]!));
    watch.onInterim?.(placed.length, captions.length, recall(placed));
    await stepper(watch, 0)(0);
  }
  return { captions: captions.length, ir: recall(placed), dot: recall(captions.map((text) => places.ir[text]!)), ms: median(times) };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The places of some captions, NaN for all others. */
function onlyOf(places: Float64Array, captions: number[]): Float64Array {
  const kept = new Float64Array(places.length).fill(Number.NaN);
  for (const text of captions) kept[text] = places[text]!;
  return kept;
}

const taken = (places: Float64Array): Float64Array => places.filter((place) => !Number.isNaN(place));

/** Logits above one of them, its equals counted half. */
function placeOf(logits: Float32Array, own: number): number {
  let above = 0;
  let equal = -1;
  for (const logit of logits) {
    if (logit > own) above++;
    else if (logit === own) equal++;
  }
  return above + equal / 2;
}

function highest(logits: Float32Array): number {
  let at = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[at]!) at = i;
  return at;
}
