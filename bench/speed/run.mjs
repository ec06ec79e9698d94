// npm run bench -- speed: the paper's speed-up. A query by encode + scan, with and without re-ranking, against cross-encoding every image.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { must, root } from "../../scripts/shared.mjs";
import { startBrowser } from "../browser.mjs";
import { machine } from "../results.mjs";
import { setUpPage } from "../setup.mjs";

const HELP = `npm run bench -- speed [options]

  --counts 1000,5000,10000,123287   images of the gallery (the last is all of COCO)
  --threads 2                       of onnxruntime-web
  --queries 20                      captions of the embedded gallery that are asked
  --sample 100                      images cross-encoded for each query, from which every image is extrapolated
  --uniter-sample 24                the same by the model of UNITER-base's shape, for all queries together`;

const file = join(root, "bench/speed.json");
const python = join(root, "training/.venv/bin/python");
const RERANK = 50;

function options(args) {
  const { values } = parseArgs({
    args,
    options: {
      counts: { type: "string", default: "1000,5000,10000,123287" },
      threads: { type: "string", default: "2" },
      queries: { type: "string", default: "20" },
      sample: { type: "string", default: "100" },
      "uniter-sample": { type: "string", default: "24" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const whole = (name) => {
    const list = values[name].split(",").map(Number);
    if (list.some((value) => !Number.isInteger(value) || value < 1))
      throw new Error(`--${name} wants whole numbers, not "${values[name]}".`);
    return list;
  };
  return {
    counts: whole("counts"),
    threads: whole("threads")[0],
    queries: whole("queries")[0],
    sample: whole("sample")[0],
    uniterSample: whole("uniter-sample")[0],
  };
}

/** English captions, spread over the embedded gallery; one more than asked for, to warm up with. */
function captions(count) {
  const folder = join(root, "public/galleries/diorama");
  const { fragments } = JSON.parse(readFileSync(join(folder, "gallery.json"), "utf8")).tables.captions.languages.en.texts;
  const all = fragments.flatMap(({ file: name }) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  const step = Math.max(1, Math.floor(all.length / (count + 1)));
  return all
    .filter((_, i) => i % step === 0)
    .slice(0, count + 1)
    .map(({ text }) => text);
}

/** The model of UNITER-base's shape, made once. */
async function uniterModel() {
  const model = join(resolve(process.env.DOTLIGHT_CACHE ?? join(homedir(), ".cache/dotlight")), "uniter-base.onnx");
  if (!existsSync(python)) await must("bash", ["scripts/training-setup.sh"]);
  if (!existsSync(model)) execFileSync(python, [join(root, "bench/speed/uniter.py"), model], { stdio: ["ignore", "ignore", "inherit"] });
  return model;
}

function table({ crossMsAnImage, uniterMsAnImage, rerankMs, counts }) {
  const times = (value) => `${Math.round(value).toLocaleString("en")}x`;
  const lines = counts.map(({ n, encodeMs, scanMs, searchMs, rerankedMs }) => [
    n.toLocaleString("en"),
    encodeMs.toFixed(2),
    scanMs.toFixed(2),
    times((n * crossMsAnImage) / searchMs),
    times((n * crossMsAnImage) / rerankedMs),
    times((n * uniterMsAnImage) / searchMs),
    times((n * uniterMsAnImage) / rerankedMs),
  ]);
  const head = ["images", "encode ms", "scan ms", "own, search", "own, top 50 re-ranked", "UNITER, search", "UNITER, top 50 re-ranked"];
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i].length)));
  const text = [head, ...lines].map((line) => line.map((cell, i) => cell.padStart(widths[i])).join("  ")).join("\n");
  return `${text}\n\ncross-encoding an image: own ${crossMsAnImage.toFixed(2)} ms, UNITER-base's shape ${uniterMsAnImage.toFixed(0)} ms; top ${RERANK} re-ranked in ${rerankMs.toFixed(0)} ms`;
}

export async function speed(args) {
  const { counts, threads, queries, sample, uniterSample } = options(args);
  await setUpPage();
  const model = await uniterModel();
  const browser = await startBrowser();
  try {
    const tokenizers = dirname(createRequire(import.meta.url).resolve("tokenizers-wasm/tokenizers_wasm_bg.wasm"));
    const folders = { pack: join(root, "public/packs/diorama"), tokenizers, models: dirname(model) };
    const found = await browser.speed(folders, {
      pack: "/sets/pack/",
      tokenizer: "/sets/tokenizers/tokenizers_wasm_bg.wasm",
      uniter: "/sets/models/uniter-base.onnx",
      counts,
      threads,
      queries: captions(queries),
      rerank: RERANK,
      sample,
      uniterSample,
    });
    const result = { machine: machine(), date: new Date().toISOString(), threads, queries, sample, uniterSample, rerank: RERANK, ...found };
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    console.log(
      `${result.machine}, ${threads} threads, medians of ${queries} queries; every image is extrapolated from ${sample} (own) and ${uniterSample} (UNITER)\n\n${table(result)}`,
    );
  } finally {
    await browser.close();
  }
}
