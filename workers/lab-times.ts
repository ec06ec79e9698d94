import type { TextEncoder } from "../src/encoders/text-encoder";
import type { Collection, Ranking } from "../src/evaluator";
import type { PairScoring } from "../src/pair-scorer";
import { median } from "../src/rerank-evaluator";
import type { Scan } from "../src/retrieval/scan";
import { sample } from "../src/sample";

/** Milliseconds of a query, the middle of several. */
export interface Times {
  queries: number;
  /** Missing where texts cannot be encoded here. */
  encode?: number;
  scan: number;
}

interface Going {
  pause: () => Promise<void>;
}

const QUERIES = 30;
const RERANKED = 9;
/** As many as a page of results shows first. */
const K = 10;

/** How long captions of the collection take as queries: tokenizing and encoding, and the scan for the best ten. */
export async function timeQueries(
  { captions, texts }: Collection,
  { scan, encoder }: { scan: Scan; encoder: TextEncoder | undefined },
  seed: number,
  { pause }: Going,
): Promise<Times> {
  const chosen = sample(texts.length, QUERIES, seed);
  const [encode, scanned]: number[][] = [[], []];
  // The first runs are slower, and are not counted.
  for (const [i, text] of [...chosen.slice(0, 3), ...chosen].entries()) {
    const began = performance.now();
    const vector = encoder ? await encoder.encode([encoder.tokenizer.encode(texts[text]!.text)]) : captions[text]!;
    const encoded = performance.now();
    await scan.search(vector, K);
    if (i >= 3) {
      encode!.push(encoded - began);
      scanned!.push(performance.now() - encoded);
    }
    await pause();
  }
  return { queries: chosen.length, ...(encoder ? { encode: median(encode!) } : {}), scan: median(scanned!) };
}

/** How long re-ranking the first M takes, for each M: the text's hidden states, the regions and the cross-encoder. */
export async function timeReranking(
  { texts }: Collection,
  { photosOf }: Ranking,
  { encoder, reranker }: PairScoring,
  ms: number[],
  seed: number,
  { pause }: Going,
): Promise<number[]> {
  const times = ms.map((): number[] => []);
  const chosen = sample(texts.length, RERANKED, seed);
  for (const [i, text] of [...chosen.slice(0, 1), ...chosen].entries()) {
    for (const [at, m] of ms.entries()) {
      const began = performance.now();
      const states = await encoder.encodeStates(encoder.tokenizer.encode(texts[text]!.text));
      await reranker.score(states, [...photosOf[text]!.subarray(0, m)]);
      if (i > 0) times[at]!.push(performance.now() - began);
      await pause();
    }
  }
  return times.map(median);
}
