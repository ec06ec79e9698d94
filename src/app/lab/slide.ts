import type { Texts } from "../texts/texts";
import { curveOf, savingOf, scaleOf } from "./curve";
import type { LabResult } from "./engine";
import { type Line, linesOf } from "./export";
import { milliseconds, nameOf, percent, times } from "./words";

const INK = "#23211c";
const SOFT = "#6b665b";
const LINE = "#e2dccf";
const DOT = "#4f78b5";
const ACCENT = "#b26a00";
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

/** The results as one 16:9 picture: the table, and beside it the curve or the time of a query. */
export function slideOf(found: LabResult, words: Texts): string {
  const said = words.lab.slide;
  const { dataset, split, images, texts, settings } = found;
  const title = `${dataset} ${split}`.trim();
  const under = [
    said.contents(images, texts),
    ...(settings.language ? [nameOf(settings.language, words)] : []),
    ...(found.rerank && found.rerank.captions < texts ? [said.drawn(found.rerank.captions, settings.seed)] : []),
  ].join(" · ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900" width="1600" height="900" font-family="${FONT}">
<rect width="1600" height="900" fill="#ffffff"/>
${text(90, 120, title, { size: 56, weight: 700 })}
${text(90, 168, under, { size: 26, fill: SOFT })}
${tableOf(found, words)}
${pictureOf(found, words)}
${text(90, 860, said.foot, { size: 20, fill: SOFT })}
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

function tableOf(found: LabResult, words: Texts): string {
  const head = ["R@1", "R@5", "R@10", "R@1", "R@5", "R@10", "AR"];
  const lines = linesOf(found);
  const step = Math.min(72, 500 / Math.max(1, lines.length));
  const figures = lines.map((one, i) => {
    const { ir, tr, ar } = one;
    const y = 340 + i * step;
    const values = [ir.r1, ir.r5, ir.r10, tr?.r1, tr?.r5, tr?.r10, ar];
    const name = nameOfLine(one, found, words);
    return [
      `<line x1="90" x2="1040" y1="${y - step * 0.62}" y2="${y - step * 0.62}" stroke="${LINE}"/>`,
      text(90, y, name, { size: 24, weight: 600 }),
      ...values.map((value, at) =>
        text(COLUMNS[at]! + 30, y, value === undefined ? "–" : percent(value, words), {
          size: 25,
          weight: at === 6 ? 700 : 400,
          anchor: "end",
        }),
      ),
    ].join("\n");
  });
  return [
    text(535, 240, words.lab.toPictures, { size: 22, fill: SOFT, anchor: "middle" }),
    text(825, 240, words.lab.toCaptions, { size: 22, fill: SOFT, anchor: "middle" }),
    ...head.map((name, at) => text(COLUMNS[at]! + 30, 278, name, { size: 22, fill: SOFT, anchor: "end" })),
    ...figures,
  ].join("\n");
}

/** What a way to rank is called. */
function nameOfLine({ ranking, m, captions }: Line, { texts }: LabResult, words: Texts): string {
  const said = words.lab.slide;
  if (m !== undefined) return said.first(m);
  if (ranking === "full cross-attention") return said.full;
  return captions < texts ? said.dotDrawn : said.dot;
}

const FRAME = { left: 1140, top: 400, width: 380, height: 300 };

function pictureOf(found: LabResult, words: Texts): string {
  const said = words.lab.slide;
  const saving = savingOf(found);
  const query = found.times ? (found.times.encode ?? 0) + found.times.scan : undefined;
  const large = saving
    ? [text(1100, 290, `${times(saving.dot, words)}×`, { size: 96, weight: 700, fill: ACCENT }), said.less]
    : query === undefined
      ? undefined
      : [text(1100, 290, `${milliseconds(query, words)} ms`, { size: 96, weight: 700, fill: ACCENT }), said.query];
  return [...(large ? [large[0]!, text(1100, 330, large[1]!, { size: 22, fill: SOFT })] : []), chartOf(found, words)].join("\n");
}

function chartOf(found: LabResult, words: Texts): string {
  const said = words.lab.slide;
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
    ...xTicks.map((tick) => text(x(tick), bottom + 28, words.number(tick), { size: 18, fill: SOFT, anchor: "middle" })),
    text(FRAME.left + FRAME.width, bottom + 58, said.axis, { size: 18, fill: SOFT, anchor: "end" }),
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
    text(FRAME.left + 50, bottom + 58, `R@1 ${said.short}`, { size: 20, weight: 700, fill: ACCENT }),
  ].join("\n");
}
