import type { LabResult } from "./engine";

/** A way to rank: what a query costs, and what it finds; all on the same captions as far as that can be. */
export interface Point {
  name: string;
  ms: number;
  /** R@1, text -> image. */
  r1: number;
  /** Missing where only one of the tasks was measured. */
  ar?: number;
}

/** How many times as long full cross-attention takes as encoding and scanning, and with re-ranking; undefined where it was not measured. */
export function savingOf({ times, full, rerank }: LabResult): { dot: number; reranked: number | undefined } | undefined {
  if (!times || !full) return undefined;
  const query = (times.encode ?? 0) + times.scan;
  const largest = rerank?.by.at(-1);
  return { dot: full.ms / query, reranked: largest && full.ms / (query + largest.ms) };
}

/** From the dot product through each M to everything; empty without re-ranking. */
export function curveOf({ times, full, rerank }: LabResult): Point[] {
  if (!times || !rerank) return [];
  const query = (times.encode ?? 0) + times.scan;
  return [
    { name: "dot", ms: query, r1: rerank.dot.ir.r1, ar: rerank.dot.ar },
    ...rerank.by.map(({ m, ms, ir, ar }) => ({ name: String(m), ms: query + ms, r1: ir.r1, ar })),
    ...(full ? [{ name: "all", ms: full.ms, r1: full.ir.r1 }] : []),
  ];
}

/** Where the chart's axes begin and end, and its lines. */
export interface Scale {
  x: (ms: number) => number;
  y: (recall: number) => number;
  xTicks: number[];
  yTicks: number[];
}

/** Milliseconds on a logarithm, recall from the next ten below the lowest to 100, in a frame of width x height. */
export function scaleOf(curve: Point[], { left, top, width, height }: { left: number; top: number; width: number; height: number }): Scale {
  const times = curve.map(({ ms }) => Math.log10(ms));
  const [low, high] = [Math.floor(Math.min(...times)), Math.ceil(Math.max(...times))];
  const span = Math.max(1, high - low);
  const lowest = Math.min(...curve.flatMap(({ r1, ar = r1 }) => [r1, ar]));
  const floor = Math.min(90, Math.max(0, Math.floor(lowest / 10) * 10));
  const step = 100 - floor > 50 ? 20 : 10;
  return {
    x: (ms) => left + ((Math.log10(ms) - low) / span) * width,
    y: (recall) => top + ((100 - recall) / (100 - floor)) * height,
    xTicks: Array.from({ length: span + 1 }, (_, i) => 10 ** (low + i)),
    yTicks: Array.from({ length: Math.floor((100 - floor) / step) + 1 }, (_, i) => 100 - i * step),
  };
}
