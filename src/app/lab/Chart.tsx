import { type Texts, useTexts } from "../texts/texts";
import { type Point, scaleOf } from "./curve";
import { milliseconds, percent } from "./words";

const [WIDTH, HEIGHT] = [640, 360];
const FRAME = { left: 52, top: 24, width: WIDTH - 52 - 28, height: HEIGHT - 24 - 56 };

/** Recall against milliseconds a query, as more is re-ranked. */
export function Chart({ curve }: { curve: Point[] }) {
  const texts = useTexts();
  const { chart, toPictures } = texts.lab;
  const { x, y, xTicks, yTicks } = scaleOf(curve, FRAME);
  const bottom = FRAME.top + FRAME.height;
  const line = (points: { ms: number; value: number }[]) => points.map(({ ms, value }) => `${x(ms)},${y(value)}`).join(" ");
  const r1 = curve.map(({ ms, r1 }) => ({ ms, value: r1 }));
  const ar = curve.flatMap(({ ms, ar }) => (ar === undefined ? [] : [{ ms, value: ar }]));
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={described(curve, texts)}>
        {yTicks.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={FRAME.left} x2={FRAME.left + FRAME.width} y1={y(tick)} y2={y(tick)} />
            <text x={FRAME.left - 10} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <text key={tick} x={x(tick)} y={bottom + 22} textAnchor="middle">
            {texts.number(tick)}
          </text>
        ))}
        <text className="axis" x={FRAME.left + FRAME.width} y={bottom + 44} textAnchor="end">
          {chart.axis}
        </text>
        <polyline className="line ar" points={line(ar)} />
        <polyline className="line r1" points={line(r1)} />
        {ar.map(({ ms, value }) => (
          <circle key={ms} className="dot ar" cx={x(ms)} cy={y(value)} r="4" />
        ))}
        {curve.map((point, i) => (
          <g key={point.name}>
            <circle className="dot r1" cx={x(point.ms)} cy={y(point.r1)} r="5" />
            {labelled(curve, i, x) && (
              <text className="name" x={x(point.ms)} y={y(point.r1) + (y(point.r1) > bottom - 30 ? -12 : 22)} textAnchor="middle">
                {nameIn(point, texts)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption>
        <span className="key ar">AR</span>
        <span className="key r1">R@1, {toPictures}</span>
        <span className="muted">{chart.key}</span>
      </figcaption>
    </figure>
  );
}

/** Names that would lie on one another are left out. */
function labelled(curve: Point[], i: number, x: (ms: number) => number): boolean {
  let free = Number.NEGATIVE_INFINITY;
  for (let each = 0; each <= i; each++) {
    const at = x(curve[each]!.ms);
    if (at - free < 26) continue;
    if (each === i) return true;
    free = at;
  }
  return false;
}

/** What a way to rank is called: how many are re-ranked, none, or all. */
const nameIn = ({ name }: Point, { lab }: Texts): string => (name === "dot" || name === "all" ? lab.chart[name] : name);

function described(curve: Point[], texts: Texts): string {
  const { label, point } = texts.lab.chart;
  const points = curve.map((each) => point(nameIn(each, texts), milliseconds(each.ms, texts), percent(each.r1, texts)));
  return `${label} ${points.join("; ")}.`;
}
