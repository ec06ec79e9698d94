import type { TextEncoder } from "./encoders/text-encoder";
import type { Reranker } from "./reranker";
import { dot } from "./retrieval/dot";
import type { Vector } from "./retrieval/scan";

/** Where a word of the query looks in a photo. */
export interface WordHeat {
  /** In the query. */
  start: number;
  end: number;
  /** The photo's regions, row by row: how much of its look falls on each; their sum is 1. */
  heat: number[];
  /** From 0, it looks everywhere, to 1, at one region alone. */
  aim: number;
}

/** Where a query looks in a photo. */
export interface Look {
  words: WordHeat[];
  /** The words' heat together, each by how well it is aimed. */
  heat: number[];
}

/** What a word of the query adds to the dot score with a photo: what the score loses without the word. */
export interface WordGain {
  start: number;
  end: number;
  gain: number;
}

/** Why a photo was found by a phrase. */
export interface Why {
  /** The phrase's dot score with the photo. */
  score: number;
  /** Empty for a phrase of one word, which is all that the score is made of. */
  gains: WordGain[];
  /** Where the pack says it, with the columns and rows of its regions. */
  look?: Look & { grid: [number, number] };
}

/** Words that are left out in turn: of more, the model has read no more than these. */
const MOST_WORDS = 24;
/** Texts that are encoded at once, so that a query in between never waits long. */
const BATCH = 8;

/** The words of a text and their places; of a script without spaces as the language divides it. */
export function wordsOf(text: string): { start: number; end: number }[] {
  return [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }));
}

/**
 * Where a query's words look in a photo.
 * @throws DotlightError "encoder" for a pack that does not say it, and for regions that are missing or damaged
 */
export async function lookOf(encoder: TextEncoder, reranker: Reranker, text: string, row: number): Promise<Look> {
  const states = await encoder.encodeStates(encoder.tokenizer.encode(text));
  const shares = await reranker.looks(states, row);
  const regions = shares.length / states.tokens;
  // Without the special token at the end, and without a space, which some tokenizers give a token where nothing follows it.
  const tokensBefore = (end: number) => encoder.tokenizer.encode(text.slice(0, end).trimEnd()).ids.length - 1;
  const words = wordsOf(text).flatMap(({ start, end }): WordHeat[] => {
    const [first, last] = [tokensBefore(start), Math.min(tokensBefore(end), states.tokens - 1)];
    if (last <= first) return [];
    const heat = new Array<number>(regions).fill(0);
    for (let token = first; token < last; token++) {
      for (let i = 0; i < regions; i++) heat[i]! += shares[token * regions + i]! / (last - first);
    }
    return [{ start, end, heat, aim: aimOf(heat) }];
  });
  return { words, heat: together(words) };
}

/** How far a look is from being spread evenly: the entropy that it lacks, as a share. */
export function aimOf(heat: number[]): number {
  const entropy = heat.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
  return 1 - entropy / Math.log(heat.length);
}

function together(words: WordHeat[]): number[] {
  const aims = words.reduce((sum, { aim }) => sum + aim, 0);
  const regions = words[0]?.heat.length ?? 0;
  return Array.from({ length: regions }, (_, i) => words.reduce((sum, { heat, aim }) => sum + heat[i]! * aim, 0) / aims);
}

/** A phrase's dot score with a photo's vector, and what each of its words adds to it. */
export async function scoreOf(encoder: TextEncoder, text: string, photo: Vector): Promise<Pick<Why, "score" | "gains">> {
  const words = wordsOf(text).slice(0, MOST_WORDS);
  const without = words.length < 2 ? [] : words.map(({ start, end }) => text.slice(0, start) + text.slice(end));
  const tokens = [text, ...without].map((one) => encoder.tokenizer.encode(one));
  const scores: number[] = [];
  for (let at = 0; at < tokens.length; at += BATCH) {
    const batch = tokens.slice(at, at + BATCH);
    const vectors = await encoder.encode(batch);
    const { length } = photo;
    scores.push(...batch.map((_, i) => dot(vectors.subarray(i * length, (i + 1) * length), photo)));
  }
  const [score, ...left] = scores;
  return { score: score!, gains: left.map((one, i) => ({ ...words[i]!, gain: score! - one })) };
}
