/**
 * Recall@K by the paper's protocol (arXiv 2103.08784, section 4). IR, text -> image: the gold image is among the first K. TR, image -> text:
 * any gold caption is. AR: the mean of R@1, 5, 10 of both. Everything in percent.
 */
export interface Recall {
  r1: number;
  r5: number;
  r10: number;
}

export interface Evaluation {
  images: number;
  texts: number;
  ir: Recall;
  tr: Recall;
  ar: number;
  /** The ceiling of a perfect ranker, where captions list all images that satisfy them. */
  oracle?: { ar: number };
  /** IR counting any image that satisfies the caption. */
  any?: Recall;
}

/** A caption's image, and all images that satisfy it where that is known. */
export interface Truth {
  image: number;
  relevant?: number[];
}

const KS = [1, 5, 10] as const;

/** Evaluates from scores. `scoresOf(text)` gives the dot scores of all images for one caption, by image. */
export function evaluate(images: number, truths: Truth[], scoresOf: (text: number) => Float64Array): Evaluation {
  const places = new Places(
    images,
    truths,
    truths.map(({ image }, text) => scoresOf(text)[image]!),
  );
  for (const text of truths.keys()) places.take(text, scoresOf(text));
  return places.evaluation();
}

/**
 * Where captions and images find each other, from scores that come caption by caption and are not kept.
 * Equal scores: the gold image is ranked in the middle of its equals (IR); TR counts only captions scored strictly better.
 */
export class Places {
  /** Images before each caption's gold one; NaN for captions that have not been taken. */
  readonly ir: Float64Array;
  /** Captions before each image's best own one, of those taken. */
  readonly tr: Float64Array;
  /** Score of each image's best own caption; minus infinity for an image without captions. */
  readonly #best: Float64Array;
  readonly #any: Float64Array | undefined;

  /** @param own each caption's score with its gold image */
  constructor(
    readonly images: number,
    readonly truths: Truth[],
    own: ArrayLike<number>,
  ) {
    this.ir = new Float64Array(truths.length).fill(Number.NaN);
    this.tr = new Float64Array(images);
    this.#best = new Float64Array(images).fill(Number.NEGATIVE_INFINITY);
    for (const [text, { image }] of truths.entries()) this.#best[image] = Math.max(this.#best[image]!, own[text]!);
    const knows = truths.every((t) => t.relevant !== undefined && t.relevant.length > 0);
    if (knows) this.#any = new Float64Array(truths.length).fill(Number.NaN);
  }

  /** Takes one caption's scores of all images, once. */
  take(text: number, scores: Float64Array): void {
    const { image, relevant } = this.truths[text]!;
    this.ir[text] = rankAmong(scores, image);
    if (this.#any) this.#any[text] = Math.min(...relevant!.map((each) => (each === image ? this.ir[text]! : rankAmong(scores, each))));
    for (let each = 0; each < this.images; each++) if (scores[each]! > this.#best[each]!) this.tr[each]!++;
  }

  /** What all captions have come to. */
  evaluation(): Evaluation {
    const ir = recall(this.ir);
    const tr = recall(this.tr.filter((_, image) => this.#best[image]! > Number.NEGATIVE_INFINITY));
    return {
      images: this.images,
      texts: this.truths.length,
      ir,
      tr,
      ar: averageRecall(ir, tr),
      ...(this.#any ? { oracle: oracle(this.truths as Required<Truth>[]), any: recall(this.#any) } : {}),
    };
  }
}

export function averageRecall(ir: Recall, tr: Recall): number {
  return (ir.r1 + ir.r5 + ir.r10 + tr.r1 + tr.r5 + tr.r10) / 6;
}

/** Places before the image's, its equals counted half. */
function rankAmong(scores: Float64Array, image: number): number {
  const own = scores[image]!;
  let better = 0;
  let equal = -1;
  for (const score of scores) {
    if (score > own) better++;
    else if (score === own) equal++;
  }
  return better + equal / 2;
}

/** Recall from places, the first being 0. */
export function recall(ranks: Float64Array | number[]): Recall {
  const at = (k: number) => {
    let found = 0;
    for (const rank of ranks) if (rank < k) found++;
    return (100 * found) / Math.max(1, ranks.length);
  };
  return { r1: at(1), r5: at(5), r10: at(10) };
}

/**
 * A perfect ranker's AR. IR: the r images that satisfy the caption come first, shuffled: R@K = min(1, K / r). TR: the captions true of the
 * image come first, those true of fewest images before others, equals shuffled.
 */
export function oracle(truths: Required<Truth>[]): { ar: number } {
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
  const trueOf = new Map<number, Required<Truth>[]>();
  for (const truth of truths) {
    for (const image of truth.relevant) {
      const list = trueOf.get(image);
      if (list) list.push(truth);
      else trueOf.set(image, [truth]);
    }
  }
  const images = [...new Set(truths.map((t) => t.image))];
  const recalls = KS.flatMap((k) => [
    mean(truths.map(({ relevant }) => Math.min(1, k / relevant.length))),
    mean(images.map((image) => hitProbability(trueOf.get(image) ?? [], image, k))),
  ]);
  return { ar: 100 * mean(recalls) };
}

/** The probability that one of the image's own captions is among the first k. */
function hitProbability(candidates: Required<Truth>[], image: number, k: number): number {
  let left = k;
  const sizes = [...new Set(candidates.map((c) => c.relevant.length))].sort((a, b) => a - b);
  for (const size of sizes) {
    const tied = candidates.filter((c) => c.relevant.length === size);
    const own = tied.filter((c) => c.image === image).length;
    if (tied.length <= left) {
      if (own > 0) return 1;
      left -= tied.length;
      continue;
    }
    let miss = 1;
    for (let i = 0; i < left; i++) miss *= Math.max(0, tied.length - own - i) / (tied.length - i);
    return 1 - miss;
  }
  return 0;
}
