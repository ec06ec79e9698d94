import type { TextEncoder } from "./encoders/text-encoder";
import type { Reranker } from "./reranker";

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

/** Why a photo was found. */
export interface Why {
  words: WordHeat[];
  /** The words' heat together, each by how well it is aimed. */
  heat: number[];
}

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
export async function whyFound(encoder: TextEncoder, reranker: Reranker, text: string, row: number): Promise<Why> {
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
