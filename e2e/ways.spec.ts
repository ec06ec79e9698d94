import { rmSync } from "node:fs";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { directorySink, directorySource } from "../src/files/directory.node";
import { fill } from "../src/gallery/fill";
import { openGallery } from "../src/gallery/reader";
import { GalleryWriter } from "../src/gallery/writer";
import { dot } from "../src/retrieval/dot";
import { Leaders } from "../src/retrieval/leaders";
import { Scan } from "../src/retrieval/scan";
import { type Asked, before, chroma, hasChroma, NO_CHROMA } from "./engine-support";
import { shared } from "./grid-support";
import { alts, dotlight, GALLERY, openPage, search, serve, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT, "100,000 photos, each way they can be searched: npm run accept");
test.skip(!hasChroma, NO_CHROMA);

const PHOTOS = Number(process.env.DOTLIGHT_WAYS ?? 100_000);
const BATCH = 10_000;
const QUERIES = ["red", "blue", "green", "two", "three"].flatMap((first) =>
  ["car in the snow", "bird at night", "boat on the beach", "tree in the fog"].map((rest) => `${first} ${rest}`),
);

/** A way to search the gallery. */
interface Way {
  name: string;
  gallery: string;
  /** Files by which photos are found; the others show them. */
  files: RegExp;
  /** What else is asked. */
  elsewhere: Asked[];
}

/**
 * The embedded gallery's photos and its captions in six languages, 31,000 vectors; the others stand between two of them that are near, with noise
 * as large as a tenth of the way. The photo of row n is called "photo n".
 */
async function grown(folder: string): Promise<void> {
  const source = await openGallery(directorySource(GALLERY));
  const { pack, dimension, metric, count } = source.manifest;
  const real: ArrayLike<number>[] = await source.exactRows(true)!.read(Array.from({ length: count }, (_, row) => row));
  for (const language of source.languages) {
    const scan = new Scan(dimension);
    await fill(scan, source.captionVectors(language));
    for (let row = 0; row < scan.rows; row++) real.push(scan.vector(row));
  }
  let state = 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const drawn = () => real[Math.floor(next() * real.length)]!;
  const between = () => {
    const one = drawn();
    // The nearest of a few.
    const others = Array.from({ length: 12 }, drawn).sort((a, b) => dot(b, one) - dot(a, one));
    const share = 0.3 + 0.4 * next();
    return Float32Array.from(one, (value, i) => value + (share + 0.2 * (next() - 0.5)) * (others[0]![i]! - value));
  };
  const thumbs = await shared(folder);
  const writer = new GalleryWriter(directorySink(folder), { name: "a hundred thousand", pack, dimension, metric });
  for (let first = 0; first < PHOTOS; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, PHOTOS - first) }, (_, i) => first + i);
    const vectors = new Float32Array(rows.length * dimension);
    for (const [i, row] of rows.entries()) vectors.set(row < real.length ? real[row]! : between(), i * dimension);
    await writer.addImages(
      vectors,
      rows.map((row) => ({ id: `photo ${row}`, thumb: thumbs[row % thumbs.length]! })),
    );
  }
  await writer.finish();
}

type ExactBest = (page: Page, words: string) => Promise<string[]>;

/** The ten photos whose full-precision vectors score highest, from all of them in memory. */
async function exactBest(folder: string): Promise<ExactBest> {
  const gallery = await openGallery(directorySource(folder));
  const vectors = await gallery.exactRows(true)!.read(Array.from({ length: PHOTOS }, (_, row) => row));
  const known = new Map<string, string[]>();
  return async (page, words) => {
    if (!known.has(words)) {
      const query = await page.evaluate((text) => window.dotlight!.textVector(text).then((found) => [...found]), words);
      const leaders = new Leaders(10);
      for (const [row, vector] of vectors.entries()) leaders.offer(row, dot(query, vector));
      known.set(
        words,
        Array.from(leaders.ids(), (id) => `photo ${id}`),
      );
    }
    return known.get(words)!;
  };
}

/** Asks the page: recall@10, the median of the milliseconds, and bytes, until everything is there and a query. */
async function measure(browser: Browser, { gallery, files, elsewhere }: Way, exact: ExactBest) {
  const folder = await serve(gallery);
  const host = await before(folder);
  const page = await browser.newPage();
  const bytes = () => {
    const asked = [...host.asked.filter(({ path }) => files.test(path)), ...elsewhere];
    host.asked.length = 0;
    elsewhere.length = 0;
    return asked.reduce((sum, one) => sum + one.bytes, 0);
  };
  try {
    bytes();
    await openPage(page, `http://localhost:4174/?gallery=${encodeURIComponent(`${host.url}/`)}`);
    const opened = bytes();
    const times: number[] = [];
    let right = 0;
    for (const words of QUERIES) {
      await search(page, words);
      times.push(Number.parseFloat((await page.locator(".step.scan dd").textContent())!));
      await expect.poll(async () => (await alts(page, 10)).length).toBe(10);
      const found = await alts(page, 10);
      right += (await exact(page, words)).filter((id) => found.includes(id)).length;
    }
    const { length } = QUERIES;
    times.sort((a, b) => a - b);
    return { recall: right / (10 * length), ms: times[length >> 1]!, opened, each: bytes() / length };
  } finally {
    await page.close();
    for (const server of [host, folder]) server.stop();
  }
}

test("the same gallery by its shards and by an engine: recall, milliseconds, bytes", async ({ browser }) => {
  test.setTimeout(1_800_000);
  const [own, pushed] = [temporary(), temporary()];
  const engine = await chroma();
  const front = await before(engine);
  try {
    await grown(own);
    const began = performance.now();
    const { stderr, status } = await dotlight("push", own, "--to", engine.url, "--public", front.url, "--out", pushed);
    expect(stderr + status).toMatch(/0$/);
    console.log(`${PHOTOS} vectors pushed in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const ways: Way[] = [
      { name: "shards", gallery: own, files: /\/(vectors|exact)\//, elsewhere: [] },
      { name: "Chroma", gallery: pushed, files: /\/engine\//, elsewhere: front.asked },
    ];
    const exact = await exactBest(own);
    console.log("way        recall@10   scan, ms   MB until ready   KB a query");
    for (const way of ways) {
      const { recall, ms, opened, each } = await measure(browser, way, exact);
      const cells = [
        recall.toFixed(3).padStart(9),
        ms.toFixed(1).padStart(11),
        (opened / 1e6).toFixed(2).padStart(17),
        (each / 1e3).toFixed(1).padStart(13),
      ];
      console.log(way.name.padEnd(11) + cells.join(""));
      expect(recall).toBeGreaterThan(way.name === "shards" ? 0.999 : 0.95);
    }
  } finally {
    for (const server of [engine, front]) server.stop();
    for (const folder of [own, pushed]) rmSync(folder, { recursive: true });
  }
});
