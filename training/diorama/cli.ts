import { join } from "node:path";
import { parseArgs } from "node:util";
import { assemble, ceilings } from "./dataset.ts";
import { finishedNumbers, openFolder, putJson, putScene, readScene, readSettings, type Settings } from "./files.ts";
import { LANGUAGE_NAMES, type Language } from "./language/index.ts";
import type { Recall } from "./oracle.ts";
import { pageScript, Studio } from "./render/studio.ts";
import { FIRST_NUMBER, SPLITS, type Split } from "./splits.ts";

const HELP = `Usage: npm run diorama -- --out DIR [--count N] [options]

Composes and renders small 3-D scenes, and writes captions for them. Finished scenes are kept: run it again to go on.

  --out DIR        where images/, masks/, scenes/ and dataset.json go
  --count N        how many scenes to render (1000)
  --split NAME     which numbers: test (from 0), val (from 1000) or train (from 1500); test
  --from A         the first scene's number, instead of the split's first
  --seed S         another seed makes another world of scenes (1)
  --size PIXELS    side of the pictures (256)
  --workers N      browsers at work at once (2)
  --captions N     captions for each train scene (5); test and val scenes have five
  --brief          test and val scenes have captions as train scenes have, every second of few words (dotlight pack calibrate)
  --languages L    other languages for the captions: de,fr,cs,ja,zh, or none (all)
  --assemble       render nothing; write dataset.json from the scenes that are finished
`;

function natural(name: string, value: string, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`--${name} is ${JSON.stringify(value)}; it must be a whole number of at least ${least}.`);
}

function progress(total: number): () => void {
  const start = performance.now();
  let done = 0;
  return () => {
    done++;
    const seconds = (performance.now() - start) / 1000;
    const left = Math.round(((total - done) * seconds) / done);
    const end = process.stdout.isTTY ? "\r" : "\n";
    if (!process.stdout.isTTY && done % 100 !== 0 && done !== total) return;
    process.stdout.write(`${done} of ${total} scenes, ${(done / seconds).toFixed(1)} a second, ${left} s left   ${end}`);
  };
}

async function render(folder: string, numbers: number[], { seed, size }: Settings, workers: number): Promise<void> {
  const script = await pageScript();
  const waiting = [...numbers].reverse();
  const tick = progress(numbers.length);
  const work = async () => {
    const studio = await Studio.open(script, size);
    try {
      for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
        await putScene(folder, await studio.shoot(seed, number));
        tick();
      }
    } finally {
      await studio.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, numbers.length) }, work));
}

async function renderMissing(folder: string, settings: Settings, first: number, count: number, workers: number): Promise<void> {
  await openFolder(folder, settings);
  const finished = new Set(await finishedNumbers(folder));
  const wanted = Array.from({ length: count }, (_, index) => first + index);
  await render(
    folder,
    wanted.filter((number) => !finished.has(number)),
    settings,
    workers,
  );
}

function languagesOf(value: string): Language[] {
  const names = value === "none" ? [] : value.split(",");
  const known: Language[] = LANGUAGE_NAMES.filter((language) => language !== "en");
  const odd = names.find((name) => !known.includes(name as Language));
  if (odd !== undefined) throw new Error(`--languages names ${JSON.stringify(odd)}; it must be some of ${known.join(",")}, or none.`);
  return names as Language[];
}

async function writeDataset(folder: string, captions: number, languages: Language[], brief: boolean): Promise<void> {
  const settings = await readSettings(folder);
  const scenes = await Promise.all((await finishedNumbers(folder)).map((number) => readScene(folder, number)));
  const dataset = assemble(scenes, settings, captions, languages, brief);
  await putJson(join(folder, "dataset.json"), dataset);
  const sentences = dataset.images.reduce((sum, image) => sum + image.sentences.length, 0);
  process.stdout.write(`${folder}: ${dataset.images.length} scenes, ${sentences} captions.\n`);
  for (const [split, { ir, tr, ar }] of Object.entries(ceilings(dataset))) {
    const figures = ({ r1, r5, r10 }: Recall) => [r1, r5, r10].map((value) => value.toFixed(1)).join(" ");
    process.stdout.write(`${split}: a perfect ranker reaches AR ${ar.toFixed(1)} (IR ${figures(ir)}, TR ${figures(tr)}).\n`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      count: { type: "string", default: "1000" },
      split: { type: "string", default: "test" },
      from: { type: "string" },
      seed: { type: "string", default: "1" },
      size: { type: "string", default: "256" },
      workers: { type: "string", default: "2" },
      captions: { type: "string", default: "5" },
      languages: { type: "string", default: "de,fr,cs,ja,zh" },
      assemble: { type: "boolean", default: false },
      brief: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || !values.out) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const captions = natural("captions", values.captions, 1);
  const languages = languagesOf(values.languages);
  if (!values.assemble) {
    const split = values.split as Split;
    if (!SPLITS.includes(split)) throw new Error(`--split is ${JSON.stringify(split)}; it must be ${SPLITS.join(", ")}.`);
    const first = values.from === undefined ? FIRST_NUMBER[split] : natural("from", values.from, 0);
    const count = natural("count", values.count, 1);
    const settings = { seed: natural("seed", values.seed, 0), size: natural("size", values.size, 32) };
    await renderMissing(values.out, settings, first, count, natural("workers", values.workers, 1));
  }
  await writeDataset(values.out, captions, languages, values.brief);
}

await main().catch((error: Error) => {
  process.stderr.write(`diorama: ${error.message}\n`);
  process.exitCode = 1;
});
