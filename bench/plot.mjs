// node bench/plot.mjs: bench/results.json -> docs/bench.svg, milliseconds by engine (log scale) with recall@10 beside each.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/shared.mjs";
import { readResults } from "./results.mjs";

const [N, DIM] = [100_000, 512];
const WIDTH = 860;
const ROW = 26;
const [TOP, BOTTOM, LEFT, RIGHT] = [76, 46, 300, 110];
const COLOURS = { dotlight: "#c2410c", reference: "#475569", browser: "#2563eb", native: "#7c8799" };

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const number = (value) => Number(value.toPrecision(3)).toString();

function kind({ engine, mode }) {
  if (engine === "dotlight") return "dotlight";
  if (engine === "read-limit" || engine === "8-bit relaxed scan") return "reference";
  return mode.startsWith("native") ? "native" : "browser";
}

/** The mode is named where an engine has several. */
function name({ engine, mode, threads }, rows) {
  const modes = new Set(rows.filter((row) => row.engine === engine).map((row) => row.mode));
  const details = [modes.size > 1 || engine === "dotlight" ? mode : "", threads > 1 ? `${threads} threads` : ""].filter(Boolean);
  return details.length > 0 ? `${engine}, ${details.join(", ")}` : engine;
}

function text(x, y, content, attributes = "") {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(content)}</text>`;
}

/** The picture: a light card, so that it reads on a dark page as well. */
export function plot({ machine, date, rows }) {
  const shown = rows.toSorted((a, b) => a.ms - b.ms);
  const height = TOP + shown.length * ROW + BOTTOM;
  const low = 10 ** Math.floor(Math.log10(shown[0].ms));
  const high = 10 ** Math.ceil(Math.log10(shown.at(-1).ms));
  const x = (ms) => LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(ms / low)) / Math.log(high / low);
  const lines = [];
  for (let tick = low; tick <= high * 1.001; tick *= 10) {
    const at = x(tick).toFixed(1);
    lines.push(`<line x1="${at}" y1="${TOP - 8}" x2="${at}" y2="${height - BOTTOM + 2}" stroke="#d8dee6"/>`);
    lines.push(text(at, height - BOTTOM + 18, `${number(tick)} ms`, 'text-anchor="middle" fill="#5b6672"'));
  }
  shown.forEach((row, i) => {
    const y = TOP + i * ROW;
    const weight = row.engine === "dotlight" ? ' font-weight="600"' : "";
    const end = x(row.ms);
    const found = row.recall10 === null ? "reads only" : `recall ${row.recall10.toFixed(3)}`;
    lines.push(text(LEFT - 10, y + 13, name(row, shown), `text-anchor="end"${weight}`));
    lines.push(`<rect x="${LEFT}" y="${y}" width="${(end - LEFT).toFixed(1)}" height="17" rx="2" fill="${COLOURS[kind(row)]}"/>`);
    lines.push(text((end + 7).toFixed(1), y + 13, `${number(row.ms)} · ${found}`, weight));
  });
  let at = 20;
  const legend = Object.entries({ dotlight: "Dotlight", reference: "references", browser: "in the browser", native: "native" }).map(
    ([key, label]) => {
      const item = `<rect x="${at}" y="46" width="11" height="11" rx="2" fill="${COLOURS[key]}"/>${text(at + 16, 56, label)}`;
      at += 40 + label.length * 7;
      return item;
    },
  );
  const count = N.toLocaleString("en");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Milliseconds a query by engine">
<rect width="${WIDTH}" height="${height}" rx="8" fill="#fbfcfd" stroke="#d8dee6"/>
<g font-family="system-ui, sans-serif" font-size="12.5" fill="#1c2530">
${text(20, 30, `One query over ${count} vectors of ${DIM} dimensions: median milliseconds, and recall@10`, 'font-size="15" font-weight="600"')}
${[...legend, ...lines].join("\n")}
${text(WIDTH - 14, height - 10, `${machine}, ${date.slice(0, 10)}`, 'text-anchor="end" fill="#5b6672" font-size="11"')}
</g>
</svg>
`;
}

const results = readResults();
const rows = results?.rows.filter(({ n, dim, set }) => n === N && dim === DIM && ["grown", "mixture"].includes(set)) ?? [];
if (rows.length === 0) {
  console.error(`bench/results.json has no rows of ${N} x ${DIM}: npm run bench -- --sizes ${N} --dims ${DIM}`);
  process.exitCode = 1;
} else {
  writeFileSync(join(root, "docs/bench.svg"), plot({ ...results, rows }));
  console.log("docs/bench.svg");
}
