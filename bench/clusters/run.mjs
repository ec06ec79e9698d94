// npm run bench -- clusters: a clustered gallery on a plain static host with latency, in a real Chromium: recall@10 against bytes and round trips.
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { chromiumOptions } from "../../scripts/chromium.mjs";
import { root } from "../../scripts/shared.mjs";
import { built, tokenizersBinding } from "../bundle.mjs";
import { machine } from "../results.mjs";
import { memoryOf } from "./memory.mjs";

const HELP = `npm run bench -- clusters --set DIR [options]

  --set DIR          rows, queries and their truth (bench/clusters/vectors.py)
  --gallery DIR      where the clustered gallery is, or is made (SET/gallery)
  --lists N          about how many lists, where it is made (auto)
  --probes 20,40     lists read for a query, where it is not to be what the gallery says
  --queries 100      of the set's
  --latency 30       milliseconds before every answer of the host`;

const file = join(root, "bench/clusters.json");
const K = 10;

function options(args) {
  const { values } = parseArgs({
    args,
    options: {
      set: { type: "string" },
      gallery: { type: "string" },
      lists: { type: "string", default: "auto" },
      probes: { type: "string", default: "" },
      queries: { type: "string", default: "100" },
      latency: { type: "string", default: "30" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || !values.set) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  return {
    ...values,
    gallery: values.gallery ?? join(values.set, "gallery"),
    probes: values.probes.split(",").filter(Boolean).map(Number),
    queries: Number(values.queries),
    latency: Number(values.latency),
  };
}

async function bundle() {
  const shared = { bundle: true, format: "esm", target: "es2023", logLevel: "error", plugins: [tokenizersBinding] };
  await build({ ...shared, entryPoints: [join(root, "bench/clusters/worker.ts")], outfile: join(built, "clusters-worker.js") });
  const external = ["sharp", "onnxruntime-node", "onnxruntime-web", "libheif-js"];
  const make = {
    entryPoints: [join(root, "bench/clusters/make.ts")],
    outfile: join(built, "clusters-make.mjs"),
    platform: "node",
    external,
  };
  await build({ ...shared, ...make });
}

/**
 * A plain static host over HTTP/1.1 that knows ranges; every answer comes `latency` late. It counts requests and the bytes of their answers. `pages` are
 * not the gallery's: what is said there is neither late nor counted.
 */
async function host(gallery, latency) {
  const counts = { requests: 0, bytes: 0 };
  const pages = new Map([["/", () => "<!doctype html><title>clusters</title>"]]);
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const path = normalize(decodeURIComponent(url.pathname));
    if (pages.has(path)) return response.writeHead(200, { "content-type": "text/html" }).end(pages.get(path)(url));
    const found = path === "/worker.js" ? join(built, "clusters-worker.js") : join(gallery, path);
    setTimeout(() => {
      if (!existsSync(found)) return response.writeHead(404).end();
      const { size } = statSync(found);
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
      const [start, end] = range ? [Number(range[1]), Math.min(size - 1, Number(range[2]))] : [0, size - 1];
      counts.requests++;
      counts.bytes += end - start + 1;
      response.writeHead(range ? 206 : 200, {
        "content-type": path.endsWith(".js") ? "text/javascript" : "application/octet-stream",
        "content-length": end - start + 1,
        ...(range ? { "content-range": `bytes ${start}-${end}/${size}` } : {}),
      });
      createReadStream(found, { start, end }).pipe(response);
    }, latency);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  /** What was counted since the last look. */
  const taken = () => {
    const { requests, bytes } = counts;
    Object.assign(counts, { requests: 0, bytes: 0 });
    return { requests, bytes };
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, taken, pages, close: () => server.close() };
}

/** A fresh profile, so that nothing is kept from before, and a call into its worker. */
async function tab(url) {
  const profile = mkdtempSync(join(tmpdir(), "dotlight-clusters-"));
  const context = await chromium.launchPersistentContext(profile, chromiumOptions());
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => {
    const worker = new Worker("/worker.js", { type: "module" });
    globalThis.call = (name, given) =>
      new Promise((done, failed) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => (data.error ? failed(new Error(data.error)) : done(data.value));
        worker.postMessage([name, given], [port2]);
      });
  });
  const call = (name, given) => page.evaluate(([name, given]) => globalThis.call(name, given), [name, given]);
  return {
    call,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const at = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(share * numbers.length))];

/** One point of the curve: every query in a tab that has only what opening needs and what queries before it have left. */
async function point(served, queries, truth, probes) {
  const one = await tab(served.url);
  try {
    served.taken();
    const opened = await one.call("open", { url: served.url, ...(probes ? { probes } : {}) });
    const opening = { ...served.taken(), ms: opened.ms };
    const asked = [];
    for (const [i, vector] of queries.entries()) {
      // A cold query has nothing of those before it.
      if (i > 0) await one.call("open", { url: served.url, ...(probes ? { probes } : {}) });
      await one.call("forget");
      served.taken();
      const { rows, ms, total } = await one.call("search", { vector, k: K });
      const cold = { ...served.taken(), ms };
      await one.call("search", { vector, k: K });
      const recall = rows.filter((row) => truth[i].includes(row)).length / K;
      asked.push({ recall, ...cold, rows: total, again: served.taken().bytes });
    }
    const of = (name) => asked.map((each) => each[name]);
    return {
      probes: opened.probes,
      recall: mean(of("recall")),
      megabytes: { mean: mean(of("bytes")) / 1e6, p95: at(of("bytes"), 0.95) / 1e6 },
      requests: mean(of("requests")),
      ms: { median: at(of("ms"), 0.5), p95: at(of("ms"), 0.95) },
      rows: mean(of("rows")),
      bytesAgain: Math.max(...of("again")),
      opening,
    };
  } finally {
    await one.close();
  }
}

export async function clusters(args) {
  const given = options(args);
  await bundle();
  const about = JSON.parse(readFileSync(join(given.set, "set.json"), "utf8"));
  if (!existsSync(join(given.gallery, "gallery.json"))) {
    execFileSync(process.execPath, [join(built, "clusters-make.mjs"), given.set, given.gallery, given.lists], {
      cwd: root,
      stdio: "inherit",
    });
  }
  const { dimension } = about;
  const numbers = readFileSync(join(given.set, "queries.f32"));
  const floats = new Float32Array(numbers.buffer, numbers.byteOffset, numbers.length / 4);
  const best = readFileSync(join(given.set, "truth.i32"));
  const rows = new Int32Array(best.buffer, best.byteOffset, best.length / 4);
  const queries = Array.from({ length: given.queries }, (_, i) => [...floats.subarray(i * dimension, (i + 1) * dimension)]);
  const truth = queries.map((_, i) => [...rows.subarray(i * K, (i + 1) * K)]);
  const served = await host(given.gallery, given.latency);
  const points = [];
  let memory;
  try {
    for (const probes of given.probes.length > 0 ? given.probes : [undefined]) {
      const measured = await point(served, queries, truth, probes);
      points.push(measured);
      const { recall, megabytes, requests, ms } = measured;
      console.log(
        `${measured.probes} lists: recall@10 ${recall.toFixed(3)}, ${megabytes.mean.toFixed(2)} MB (p95 ${megabytes.p95.toFixed(2)}), ` +
          `${requests.toFixed(0)} requests, ${ms.median.toFixed(0)} ms (p95 ${ms.p95.toFixed(0)}), again ${measured.bytesAgain} bytes`,
      );
    }
    const probes = given.probes.length > 0 ? Math.max(...given.probes) : undefined;
    memory = { probes: Math.max(...points.map((each) => each.probes)), ...(await memoryOf(served, queries, { probes, k: K })) };
    const [empty, opened, most, after] = ["empty", "opened", "most", "after"].map((name) => memory[name].toFixed(0));
    console.log(`tab: ${empty} MB empty, ${opened} MB with the gallery open, ${most} MB at most and ${after} MB after all queries`);
  } finally {
    served.close();
  }
  const { clusters: table } = JSON.parse(readFileSync(join(given.gallery, "gallery.json"), "utf8")).tables;
  const sum = (entries) => entries.reduce((all, { bytes }) => all + bytes, 0);
  const bytes = { lists: sum(table.files), exact: sum(table.exact), index: table.index.bytes };
  const made = { lists: table.lists, probes: table.probes, deviations: table.deviations, found: table.found, bytes };
  const result = {
    machine: machine(),
    date: new Date().toISOString(),
    set: about,
    queries: queries.length,
    latency: given.latency,
    roundTrips: 2,
    made,
    memory,
    points,
  };
  // A set of another size is another run.
  const others = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).runs.filter(({ set }) => set.rows !== about.rows) : [];
  const runs = [...others, result].sort((a, b) => a.set.rows - b.set.rows);
  writeFileSync(file, `${JSON.stringify({ runs }, null, 2)}\n`);
}
