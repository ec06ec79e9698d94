import { readFile } from "node:fs/promises";
import type { Pack } from "../encoders/pack";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { datasetOf } from "../evaluator";
import { DotlightError } from "../files/errors";
import type { Gallery } from "../gallery/reader";
import { type HeatFigures, type Inside, measureHeat, namedIn } from "../heat-evaluator";
import { loadPairScoring } from "../pair-scorer";
import { lookOf } from "../why";
import { progressLine } from "./output";

/** Queries of each kind, and which. */
const QUERIES = { count: 500, seed: 1 };

/** How well heat maps find what words name, by the boxes of the data set that the gallery was made of. @throws DotlightError */
export async function heatFigures(gallery: Gallery, pack: Pack, dataset: string): Promise<HeatFigures> {
  const runtime = nodeRuntime();
  const { encoder, reranker } = await loadPairScoring(gallery, await TextEncoder.load(pack, runtime, await tokenizerWasm()), runtime);
  const { grid } = pack.manifest.vision.regions!;
  if (!grid) throw new DotlightError("encoder", "This model's regions are no grid.", "Use another model.");
  const items = await gallery.items(Array.from({ length: gallery.manifest.count }, (_, row) => row));
  const rowOf = new Map(items.map(({ id }, row) => [id, row]));
  const named = namedIn(await readFile(dataset, "utf8"), dataset, datasetOf(gallery.manifest.name).split).filter(({ filename }) =>
    rowOf.has(filename),
  );
  const report = progressLine();
  return measureHeat(
    named,
    grid,
    QUERIES,
    (text, filename) => lookOf(encoder, reranker, text, rowOf.get(filename)!),
    (done, total) => report(done, total, "heat maps"),
  );
}

/** The table for people. */
export function heatTable({ words, queries }: HeatFigures): string {
  const row = (name: string, inside: Inside) =>
    `${name.padEnd(34)}${String(inside.queries).padStart(8)}${[100 * inside.mass, 100 * inside.area].map((value) => value.toFixed(1).padStart(8)).join("")}${inside.times
      .toFixed(1)
      .padStart(8)}\n`;
  return (
    `\nHeat maps${" ".repeat(25)} queries  % in it  % of it   times\n` +
    row("a word, in the box of its thing", words) +
    row("a query of one thing", queries)
  );
}
