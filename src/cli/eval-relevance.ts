import { readCalibration } from "../encoders/calibration";
import type { Pack } from "../encoders/pack";
import type { Collection } from "../evaluator";
import { DotlightError } from "../files/errors";
import type { Gallery } from "../gallery/reader";
import { type PairScoring, pairScorer } from "../pair-scorer";
import { Relevance } from "../relevance";
import { casesOf, half, JUDGED, type Told, type ToldApart, told } from "../relevance-evaluator";
import { progressLine } from "./output";

/** Which photos are taken away. */
const SEED = 1;

/** `reranked` is what is told when the match logits of the best are known too. */
export type RelevanceFigures = ToldApart & { photos: number; reranked?: ToldApart };

/** @throws DotlightError for a gallery without a calibration */
export async function relevanceFigures(
  gallery: Gallery,
  pack: Pack,
  collection: Collection,
  scoring?: PairScoring,
): Promise<RelevanceFigures> {
  const relevance = await Relevance.open(gallery, pack);
  if (!relevance) {
    throw (await readCalibration(pack))
      ? new DotlightError("encoder", `"${gallery.manifest.name}" has no calibration table of this pack.`, "Index its photos again.")
      : new DotlightError("encoder", `The pack "${pack.manifest.name}" has no calibration.`, "Make one: dotlight pack calibrate.");
  }
  const left = half(collection.texts, collection.photos.length, SEED);
  const report = progressLine();
  const watch = { onProgress: (done: number, total: number) => report(done, total, "captions judged") };
  const cases = await casesOf(collection, left, scoring && pairScorer(scoring, collection.texts), watch);
  const byDot = cases.map((each) => ({ ...each, hits: each.hits.map(({ row, score }) => ({ row, score })) }));
  const tell = (of: typeof cases) => told(collection, of, left, (query, hits) => relevance.judge(query, hits));
  return { photos: left.size, ...tell(byDot), ...(scoring ? { reranked: tell(cases) } : {}) };
}

/** The table for people. */
export function relevanceTable({ photos, reranked, ...byDot }: RelevanceFigures): string {
  const row = (name: string, { captions, auroc, ece, precision, recall }: Told) =>
    `${name.padEnd(34)}${String(captions).padStart(8)}${[auroc, ece].map((value) => value.toFixed(3).padStart(8)).join("")}${[
      precision,
      recall,
    ]
      .map((value) => value.toFixed(1).padStart(10))
      .join("")}\n`;
  const rows = (name: string, { pairs, ...all }: ToldApart) => row(name, all) + (pairs ? row(`${name}, minimal pairs`, pairs) : "");
  const { rawAuroc, cosineAuroc } = byDot;
  return (
    `\nDoes anything match? ${photos} photos left, nothing matches ${byDot.unmatched.toFixed(1)} % of captions\n` +
    `${" ".repeat(34)}captions   AUROC     ECE precision    recall\n` +
    rows("probability by the dot score", byDot) +
    (reranked ? rows(`the best ${JUDGED} re-ranked`, reranked) : "") +
    `AUROC of the dot score itself ${rawAuroc.toFixed(3)}, of the cosine ${cosineAuroc.toFixed(3)}\n`
  );
}
