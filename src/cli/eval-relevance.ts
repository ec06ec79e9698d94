import { readCalibration } from "../encoders/calibration";
import type { Pack } from "../encoders/pack";
import type { Collection } from "../evaluator";
import { DotlightError } from "../files/errors";
import type { Gallery } from "../gallery/reader";
import { type PairScoring, pairScorer } from "../pair-scorer";
import { Relevance } from "../relevance";
import { type Case, casesOf, half, type Told, type ToldApart, told } from "../relevance-evaluator";
import { sample } from "../sample";
import { progressLine } from "./output";

/** Which photos are taken away. */
const SEED = 1;

/** The best so many of each of these captions are re-ranked too. */
export interface Reranking {
  scoring: PairScoring;
  m: number;
  /** Of so many captions only. */
  drawn: number | undefined;
}

/** `reranked` is what is told when the match logits of the best are known too. */
export type RelevanceFigures = ToldApart & { photos: number; reranked?: ToldApart & { m: number } };

/** @throws DotlightError for a gallery without a calibration */
export async function relevanceFigures(gallery: Gallery, pack: Pack, collection: Collection, again?: Reranking): Promise<RelevanceFigures> {
  const relevance = await Relevance.open(gallery, pack);
  if (!relevance) {
    throw (await readCalibration(pack))
      ? new DotlightError("encoder", `"${gallery.manifest.name}" has no calibration table of this pack.`, "Index its photos again.")
      : new DotlightError("encoder", `The pack "${pack.manifest.name}" has no calibration.`, "Make one: dotlight pack calibrate.");
  }
  const { photos, texts } = collection;
  const left = half(texts, photos.length, SEED);
  const tell = (cases: Case[]) => told(collection, cases, (query, hits) => relevance.judge(query, hits));
  const found = { photos: left.size, ...tell(await casesOf(collection, left)) };
  if (!again) return found;
  const { scoring, m, drawn } = again;
  const report = progressLine();
  const asking = { only: sample(texts.length, drawn ?? texts.length, SEED), judged: m, scorer: pairScorer(scoring, texts) };
  const cases = await casesOf(collection, left, asking, { onProgress: (done, total) => report(done, total, "captions judged") });
  return { ...found, reranked: { m, ...tell(cases) } };
}

/** The table for people. */
export function relevanceTable({ photos, reranked, ...byDot }: RelevanceFigures): string {
  const row = (name: string, { captions, auroc, rawAuroc, cosineAuroc, ece, precision, recall }: Told) => {
    const shares = [auroc, rawAuroc, cosineAuroc, ece].map((value) => value.toFixed(3).padStart(8)).join("");
    const percents = [precision, recall].map((value) => value.toFixed(1).padStart(11)).join("");
    return `${name.padEnd(24)}${String(captions).padStart(8)}${shares}${percents}\n`;
  };
  const rows = (name: string, { pairs, all, ...told }: ToldApart) =>
    row(name, told) + (pairs && all ? row("  minimal pairs", pairs) + row("  together", all) : "");
  return (
    `\nDoes anything match? ${photos} photos are left, and ${byDot.unmatched.toFixed(1)} % of captions have no match\n` +
    `${" ".repeat(24)}captions   AUROC  by dot  cosine     ECE  precision     recall\n` +
    rows("probability", byDot) +
    (reranked ? rows(`the best ${reranked.m} re-ranked`, reranked) : "")
  );
}
