import { curveOf, savingOf, scaleOf } from "./curve";
import type { LabResult } from "./engine";
import { linesOf } from "./export";
import { count, languageName, milliseconds, percent, times } from "./words";

const INK = "#23211c";
const SOFT = "#6b665b";
const LINE = "#e2dccf";
const DOT = "#4f78b5";
const ACCENT = "#b26a00";
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

/** The results as one 16:9 picture: the table, and beside it the curve or the time of a query. */
export function slideOf(found: LabResult): string {
  const { dataset, split, images, texts, settings } = found;
  const title = `${dataset} ${split}`.trim();
  const under = [
    `${count(images)} images, ${count(texts)} captions`,
    ...(settings.language ? [languageName(settings.language)] : []),
    ...(found.rerank && found.rerank.captions < texts
      ? [`re-ranked: ${count(found.rerank.captions)} captions and images, seed ${settings.seed}`]
      : []),
  ].join(" · ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900" width="1600" height="900" font-family="${FONT}">
<rect width="1600" height="900" fill="#ffffff"/>
${text(90, 120, title, { size: 56, weight: 700 })}
${text(90, 168, under, { size: 26, fill: SOFT })}
${tableOf(found)}
${pictureOf(found)}
${text(90, 860, "Dotlight: LightningDOT (NAACL 2021), measured in a browser tab", { size: 20, fill: SOFT })}
</svg>
`;
}

interface Style {
  size: number;
  weight?: number;
  fill?: string;
  anchor?: "start" | "middle" | "end";
}

function text(x: number, y: number, content: string, { size, weight = 400, fill = INK, anchor = "start" }: Style): string {
  const safe = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${safe}</text>`;
}

const COLUMNS = [430, 520, 610, 720, 810, 900, 1010];

function tableOf(found: LabResult): string {
  const head = ["R@1", "R@5", "R@10", "R@1", "R@5", "R@10", "AR"];
  const lines = linesOf(found);
  const step = Math.min(72, 500 / Math.max(1, lines.length));
  const figures = lines.map(({ ranking, ir, tr, ar, captions }, i) => {
    const y = 340 + i * step;
    const values = [ir.r1, ir.r5, ir.r10, tr?.r1, tr?.r5, tr?.r10, ar];
    const name = ranking === "dot product" && captions < found.texts ? "dot, same sample" : ranking;
    return [
      `<line x1="90" x2="1040" y1="${y - step * 0.62}" y2="${y - step * 0.62}" stroke="${LINE}"/>`,
      text(90, y, name, { size: 24, weight: 600 }),
      ...values.map((value, at) =>
        text(COLUMNS[at]! + 30, y, value === undefined ? "–" : percent(value), { size: 25, weight: at === 6 ? 700 : 400, anchor: "end" }),
      ),
    ].join("\n");
  });
  return [
    text(535, 240, "text → image", { size: 22, fill: SOFT, anchor: "middle" }),
    text(825, 240, "image → text", { size: 22, fill: SOFT, anchor: "middle" }),
    ...head.map((name, at) => text(COLUMNS[at]! + 30, 278, name, { size: 22, fill: SOFT, anchor: "end" })),
    ...figures,
  ].join("\n");
}

const FRAME = { left: 1140, top: 400, width: 380, height: 300 };

function pictureOf(found: LabResult): string {
  const saving = savingOf(found);
  const query = found.times ? (found.times.encode ?? 0) + found.times.scan : undefined;
  const large = saving
    ? [text(1100, 290, `${times(saving.dot)}×`, { size: 96, weight: 700, fill: ACCENT }), "less time than full cross-attention"]
    : query === undefined
      ? undefined
      : [text(1100, 290, `${milliseconds(query)} ms`, { size: 96, weight: 700, fill: ACCENT }), "a query"];
  return [...(large ? [large[0]!, text(1100, 330, large[1]!, { size: 22, fill: SOFT })] : []), chartOf(found)].join("\n");
}

function chartOf(found: LabResult): string {
  const curve = curveOf(found);
  if (curve.length < 2) return "";
  const { x, y, xTicks, yTicks } = scaleOf(curve, FRAME);
  const bottom = FRAME.top + FRAME.height;
  const ars = curve.filter(({ ar }) => ar !== undefined);
  const line = (points: string[], colour: string) =>
    `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="3"/>`;
  return [
    ...yTicks.map(
      (tick) =>
        `<line x1="${FRAME.left}" x2="${FRAME.left + FRAME.width}" y1="${y(tick)}" y2="${y(tick)}" stroke="${LINE}"/>` +
        text(FRAME.left - 12, y(tick) + 6, String(tick), { size: 18, fill: SOFT, anchor: "end" }),
    ),
    ...xTicks.map((tick) => text(x(tick), bottom + 28, tick.toLocaleString("en"), { size: 18, fill: SOFT, anchor: "middle" })),
    text(FRAME.left + FRAME.width, bottom + 58, "ms a query", { size: 18, fill: SOFT, anchor: "end" }),
    line(
      ars.map(({ ms, ar }) => `${x(ms)},${y(ar!)}`),
      DOT,
    ),
    line(
      curve.map(({ ms, r1 }) => `${x(ms)},${y(r1)}`),
      ACCENT,
    ),
    ...curve.map(({ ms, r1 }) => `<circle cx="${x(ms)}" cy="${y(r1)}" r="6" fill="${ACCENT}"/>`),
    text(FRAME.left, bottom + 58, "AR", { size: 20, weight: 700, fill: DOT }),
    text(FRAME.left + 50, bottom + 58, "R@1 t → i", { size: 20, weight: 700, fill: ACCENT }),
  ].join("\n");
}
