import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { decode } from "../cli/photos";
import { directorySource } from "../files/directory.node";
import { ImageEncoder } from "./image-encoder";
import { Pack } from "./pack";
import { nodeRuntime, tokenizerWasm } from "./runtime.node";
import { TextEncoder as DualTextEncoder } from "./text-encoder";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PHOTOS = join(process.env.DOTLIGHT_DATA ?? join(ROOT, "../shared/data"), "coco/photos");
const QUERIES = ["a dog", "two children on a swing", "a man in a red jacket is climbing a snowy mountain", "puppy"];
/** Milliseconds that one thread may take, and of how many runs the median is. */
const [MOST_TEXT, MOST_PHOTO, RUNS] = [10, 60, 40];

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!;

/** Of `RUNS` runs after a first one, which is the slow one. */
async function timed(work: (run: number) => Promise<unknown>): Promise<number> {
  await work(0);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await work(run);
    times.push(performance.now() - began);
  }
  return median(times);
}

// Timings: npm run accept.
test.skipIf(!process.env.DOTLIGHT_ACCEPT || !existsSync(PHOTOS)).each(["diorama", "photos-small"])(
  "%s encodes a query and a photo in time on one WASM thread",
  { timeout: 120_000 },
  async (name) => {
    const pack = await Pack.open(directorySource(join(ROOT, "public/packs", name)));
    const runtime = nodeRuntime(1);
    const text = await DualTextEncoder.load(pack, runtime, await tokenizerWasm());
    const image = await ImageEncoder.load(pack, runtime);
    const files = readdirSync(PHOTOS).slice(0, 8);
    const photos = await Promise.all(files.map((file) => decode(join(PHOTOS, file))));
    const texts = await timed((run) => text.encode([text.tokenizer.encode(QUERIES[run % QUERIES.length]!)]));
    const pictures = await timed((run) => image.encode([photos[run % photos.length]!]));
    console.log(`${name}: a query ${texts.toFixed(1)} ms, a photo ${pictures.toFixed(1)} ms (medians, one WASM thread)`);
    expect(texts).toBeLessThan(MOST_TEXT);
    expect(pictures).toBeLessThan(MOST_PHOTO);
  },
);
