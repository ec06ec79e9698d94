import type { Ranking } from "../src/evaluator";
import type { CaptionText } from "../src/gallery/manifest";
import type { Reranking } from "../src/rerank-evaluator";

/** How a caption's own photo came out, first by dot product and then re-ranked. */
export type Outcome = "missed" | "found" | "repaired" | "spoilt";

/** Which captions are wanted: of one category or all, of one outcome, some of them. */
export interface CasesWanted {
  category?: string | undefined;
  outcome: Outcome;
  from: number;
  count: number;
}

export interface Case {
  caption: number;
  text: string;
  category?: string;
  /** Its own photo. */
  gold: number;
  dot: Choice;
  reranked?: Choice;
}

/** What came first, and where the caption's own photo came, 1 being the first. */
export interface Choice {
  first: number;
  place: number;
  /** The caption is true of the first photo too. */
  fits: boolean;
}

export interface Cases {
  cases: Case[];
  /** How many captions of the category have each outcome. */
  counts: Record<Outcome, number>;
}

/** Captions by what became of them; with re-ranking, those that were re-ranked, by its largest M. */
export function casesOf(texts: CaptionText[], ranking: Ranking, reranking: Reranking | undefined, wanted: CasesWanted): Cases {
  const after = reranking && { places: reranking.places.at(-1)!, first: reranking.first.at(-1)! };
  const counts: Cases["counts"] = { missed: 0, found: 0, repaired: 0, spoilt: 0 };
  const cases: Case[] = [];
  for (const [caption, { text, image, category, relevant }] of texts.entries()) {
    if (wanted.category !== undefined && category !== wanted.category) continue;
    const places = [ranking.places.ir[caption]!, ...(after ? [after.places[caption]!] : [])];
    if (places.some(Number.isNaN)) continue;
    const outcome = outcomeOf(places.map((place) => place < 1));
    const at = counts[outcome]++;
    if (outcome !== wanted.outcome || at < wanted.from || cases.length >= wanted.count) continue;
    const choice = (place: number, first: number): Choice => ({
      first,
      place: Math.floor(place) + 1,
      fits: first !== image && (relevant?.includes(first) ?? false),
    });
    cases.push({
      caption,
      text,
      ...(category ? { category } : {}),
      gold: image,
      dot: choice(places[0]!, ranking.photosOf[caption]![0]!),
      ...(after ? { reranked: choice(places[1]!, after.first[caption]!) } : {}),
    });
  }
  return { cases, counts };
}

function outcomeOf([before, after = before]: boolean[]): Outcome {
  if (after) return before ? "found" : "repaired";
  return before ? "spoilt" : "missed";
}
