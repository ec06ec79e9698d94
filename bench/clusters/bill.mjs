// npm run bench -- bill: what galleries of 10^5 to 10^9 photos store, send and cost, by models fitted to clusters.json; written into docs/bill/README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/shared.mjs";

const page = join(root, "docs/bill/README.md");
const SIZES = [5, 6, 7, 8, 9].map((power) => 10 ** power);
const LATENCIES = [10, 50, 200];
const WANTED = 0.95;
/** Rows of a list that the command aims at (src/clusterer.ts), and what gallery.json accepts (src/gallery/manifest.ts). */
const [LIST_ROWS, MOST_ROWS] = [500, 1e8];
/** Bytes a photo in 256 dimensions: three planes of 4 bits and what belongs to them, the first alone, a full row, an item without pictures, gallery.json. */
const [PLANES, FIRST_PLANE, EXACT, ITEM, MANIFEST] = [404, 132, 516, 16, 1.55];
/** Bytes of memory a photo in an engine: its vector in 32 bits, 48 neighbours and as many on the lowest level (Chroma's graph). */
const ENGINE = 256 * 4 + 96 * 4;
const CONNECTIONS = 6;
/** US dollars: a GB stored a month, a GB sent, a million requests, a GB of a server's memory a month. Public list prices, see docs/bill. */
const PRICES = { S3: { stored: 0.023, sent: 0.09, million: 0.4 }, R2: { stored: 0.015, sent: 0, million: 0.36 }, memory: 5 };
const QUERIES = 1e4;

/** The line through points [x, y] that leaves the smallest squares. */
function line(points) {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([x]) => x), mean(([, y]) => y)];
  const slope = mean(([a, b]) => (a - x) * (b - y)) / mean(([a]) => (a - x) ** 2);
  return { slope, at0: y - slope * x, at: (x1) => y + slope * (x1 - x) };
}

/** Lists that hold `wanted` of the ten best: between the points measured on either side of it. */
function listsFor(wanted, points) {
  const ascending = points.toSorted((a, b) => a.probes - b.probes);
  const above = ascending.findIndex(({ recall }) => recall >= wanted);
  if (above < 0) throw new Error(`No point of clusters.json reaches a recall of ${wanted}: measure with more --probes.`);
  if (above === 0) return ascending[0].probes;
  const [low, high] = [ascending[above - 1], ascending[above]];
  return low.probes + ((wanted - low.recall) / (high.recall - low.recall)) * (high.probes - low.probes);
}

/** What the measured points say of any size. */
export function modelOf(runs) {
  if (runs.length < 2) throw new Error("clusters.json has one size: the bill's growth needs two (npm run bench -- clusters --set …).");
  const points = runs.flatMap((run) => run.points.map((point) => ({ ...point, latency: run.latency, photos: run.set.rows })));
  const bytes = line(points.map(({ rows, megabytes }) => [rows, megabytes.mean * 1e6]));
  const requests = line(points.map(({ probes, requests }) => [probes, requests]));
  // What is left of the time when the waiting of six connections is taken out: work a request.
  const work = line(points.map(({ requests, ms, latency }) => [requests, ms.median - (latency * requests) / CONNECTIONS]));
  const growth = line(runs.map(({ set, points }) => [Math.log(set.rows), Math.log(listsFor(WANTED, points))]));
  const memory = line(runs.map(({ set, memory }) => [set.rows, memory.most]));
  const index = line(runs.map(({ made }) => [made.lists, made.bytes.index]));
  const lists =
    runs.reduce((sum, { made }) => sum + made.bytes.lists + made.bytes.exact, 0) / runs.reduce((sum, { set }) => sum + set.rows, 0);
  const of = (photos) => {
    const probes = Math.min(photos / LIST_ROWS, Math.exp(growth.at(Math.log(photos))));
    const asked = requests.at(probes);
    return {
      photos,
      probes,
      stored: photos * (PLANES + EXACT + ITEM + MANIFEST + lists) + index.at(photos / LIST_ROWS),
      opening: photos * MANIFEST + index.at(photos / LIST_ROWS),
      bytes: bytes.at(probes * LIST_ROWS),
      requests: asked,
      ms: (latency) => (latency * asked) / CONNECTIONS + work.at(asked),
      atOnce: (latency) => 2 * latency + work.at(asked),
      memory: memory.at(photos),
    };
  };
  return { points, bytes, requests, work, growth, memory, of };
}

const size = (bytes) => {
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(2)} ${["B", "KB", "MB", "GB", "TB"][power]}`;
};
const whole = (value) => (value >= 1000 ? Number(value.toPrecision(2)) : Math.round(value)).toLocaleString("en");
/** To the order of magnitude: one digit. */
const dollars = (value) => (value < 0.1 ? "under $0.1" : `$${Number(value.toPrecision(1)).toLocaleString("en")}`);
const table = (head, rows) => [head, head.map(() => "---:"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const power = (photos) => `10^${Math.round(Math.log10(photos))}`;

function tables(runs) {
  const model = modelOf(runs);
  const { bytes, requests, work, growth, memory } = model;
  const sizes = SIZES.map(model.of);
  const fit = table(
    ["photos", "lists read", "recall@10", "MB, measured", "by the model", "requests", "by the model", "ms", "by the model"],
    model.points.map(({ photos, probes, recall, megabytes, requests: asked, ms, rows, latency }) => [
      whole(photos),
      probes,
      recall.toFixed(3),
      megabytes.mean.toFixed(2),
      (bytes.at(rows) / 1e6).toFixed(2),
      asked.toFixed(0),
      requests.at(probes).toFixed(0),
      ms.median.toFixed(0),
      ((latency * asked) / CONNECTIONS + work.at(asked)).toFixed(0),
    ]),
  );
  const laws = [
    `bytes a query = ${bytes.slope.toFixed(0)} x rows of the lists read + ${size(bytes.at0)} for full rows`,
    `requests = ${requests.slope.toFixed(2)} x lists + ${requests.at0.toFixed(0)}`,
    `milliseconds = latency x requests / ${CONNECTIONS} + ${work.slope.toFixed(1)} x requests + ${work.at0.toFixed(0)}`,
    `lists for a recall of ${WANTED} = ${Math.exp(growth.at0).toPrecision(2)} x photos^${growth.slope.toFixed(2)}`,
    `megabytes in the tab = ${memory.at0.toFixed(0)} + ${(memory.slope * 1e6).toFixed(0)} x millions of photos`,
  ];
  const clusters = table(
    ["photos", "stored", "opening", "lists", "a query", "requests", ...LATENCIES.map((ms) => `${ms} ms`), "HTTP/2, 50 ms", "tab, MB"],
    sizes.map((of) => [
      power(of.photos),
      size(of.stored),
      of.photos > MOST_ROWS ? "refused" : size(of.opening),
      whole(of.probes),
      size(of.bytes),
      whole(of.requests),
      ...LATENCIES.map((latency) => whole(of.ms(latency))),
      whole(of.atOnce(50)),
      of.photos > MOST_ROWS ? "refused" : whole(of.memory),
    ]),
  );
  const { S3, R2 } = PRICES;
  const month = (of, { stored, sent, million }) =>
    dollars((of.stored * stored) / 1e9 + QUERIES * ((of.bytes * sent) / 1e9 + (of.requests * million) / 1e6));
  const ways = table(
    ["photos", "shards: opening", "shards: tab, MB", "lists: S3 a month", "lists: R2 a month", "engine: memory", "engine a month"],
    sizes.map((of) => [
      power(of.photos),
      size(of.photos * FIRST_PLANE),
      whole((of.photos * PLANES) / 1e6),
      month(of, S3),
      month(of, R2),
      size(of.photos * ENGINE),
      dollars((of.photos * ENGINE * PRICES.memory) / 1e9),
    ]),
  );
  return { fit: `${fit}\n\n${laws.map((law) => `    ${law}`).join("\n")}`, clusters, ways };
}

/** Writes each table into the page between its marks. */
export function bill() {
  const { runs } = JSON.parse(readFileSync(join(root, "bench/clusters.json"), "utf8"));
  let text = readFileSync(page, "utf8");
  for (const [name, content] of Object.entries(tables(runs))) {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!between.test(text)) throw new Error(`${page} has no place for the table "${name}".`);
    text = text.replace(between, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
    console.log(`${content}\n`);
  }
  writeFileSync(page, text);
}
