import { rounded } from "../../evaluator";
import type { Recall } from "../../retrieval/recall";
import { savingOf } from "./curve";
import type { LabResult } from "./engine";

/** The results as `dotlight eval --json` writes them, each M's re-ranking and the times beside them. */
export function jsonOf(found: LabResult): string {
  const { settings, dataset, split, dot, categories, pairs, rerank, full, times, device, notReranked } = found;
  const milliseconds = {
    ...times,
    ...(rerank ? { rerank: Object.fromEntries(rerank.by.map(({ m, ms }) => [m, ms])) } : {}),
    ...(full ? { full: full.ms } : {}),
  };
  const document = {
    dataset,
    split,
    ...rounded({ ...dot, ...(categories?.length ? { categories } : {}), ...(pairs ? { pairs } : {}) }),
    ...(rerank ? { rerank: rounded({ ...rerank, by: rerank.by.map(({ ms: _, ...each }) => each) }) } : {}),
    ...(notReranked ? { notReranked } : {}),
    ...(full ? { full: rounded({ captions: full.captions, ir: full.ir, dot: full.dot }) } : {}),
    ...(times ? { milliseconds } : {}),
    ...(savingOf(found) ? { saving: savingOf(found) } : {}),
    settings,
    ...(device ? { device } : {}),
    made: new Date().toISOString(),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One way to rank. */
export interface Line {
  ranking: string;
  /** So many are re-ranked. */
  m?: number;
  captions: number;
  photos: number | undefined;
  ir: Recall;
  tr?: Recall;
  ar?: number;
  ms?: number;
}

/** The ways to rank that were measured, on whatever they were measured on. */
export function linesOf({ images, texts, dot, rerank, full, times }: LabResult): Line[] {
  const query = times && (times.encode ?? 0) + times.scan;
  const drawn = rerank && rerank.captions < texts;
  const on = rerank && { captions: rerank.captions, photos: rerank.photos };
  return [
    ...(dot ? [{ ranking: "dot product", captions: texts, photos: images, ...dot, ...(query ? { ms: query } : {}) }] : []),
    ...(drawn ? [{ ranking: "dot product", ...on!, ...rerank.dot, ...(query ? { ms: query } : {}) }] : []),
    ...(rerank?.by ?? []).map(({ m, ms, ...each }) => ({ ranking: `first ${m} re-ranked`, m, ...on!, ...each, ms: (query ?? 0) + ms })),
    ...(full ? [{ ranking: "full cross-attention", captions: full.captions, photos: undefined, ir: full.ir, ms: full.ms }] : []),
  ];
}

/** One line a way to rank, figures with two decimals. */
export function csvOf(found: LabResult): string {
  const { dataset, split, settings } = found;
  const cell = (value: string | number | undefined) => {
    const text = value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const recalls = (recall: Recall | undefined) => [recall?.r1, recall?.r5, recall?.r10].map((value) => value?.toFixed(2));
  const head = "dataset,split,language,seed,ranking,captions,images,IR R@1,IR R@5,IR R@10,TR R@1,TR R@5,TR R@10,AR,ms";
  const lines = linesOf(found).map(({ ranking, captions, photos, ir, tr, ar, ms }) =>
    [
      dataset,
      split,
      settings.language,
      settings.seed,
      ranking,
      captions,
      photos,
      ...recalls(ir),
      ...recalls(tr),
      ar?.toFixed(2),
      ms?.toFixed(3),
    ]
      .map(cell)
      .join(","),
  );
  return `${[head, ...lines].join("\n")}\n`;
}
