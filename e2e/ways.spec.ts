import { cpSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { clusterGallery } from "../src/clusterer";
import { Pack } from "../src/encoders/pack";
import { directorySink, directorySource } from "../src/files/directory.node";
import { fill } from "../src/gallery/fill";
import { openGallery } from "../src/gallery/reader";
import { GalleryWriter } from "../src/gallery/writer";
import { dot } from "../src/retrieval/dot";
import { ofHalf } from "../src/retrieval/half";
import { Leaders } from "../src/retrieval/leaders";
import { Scan } from "../src/retrieval/scan";
import { THINGS } from "../src/things";
import { type Asked, before, chroma, hasChroma, NO_CHROMA } from "./engine-support";
import { shared } from "./grid-support";
import { alts, dotlight, GALLERY, openPage, openToSearch, ROOT, search, serve, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT, "100,000 photos, each way they can be searched: npm run accept");
test.skip(!hasChroma, NO_CHROMA);

const PHOTOS = Number(process.env.DOTLIGHT_WAYS ?? 100_000);
const BATCH = 10_000;
/** A set of real vectors and captions (bench/clusters/vectors.py): those of lists say little where rows are grown. */
const SET = process.env.DOTLIGHT_WAYS_SET;
const MADE_UP = ["red", "blue", "green", "two", "three"].flatMap((first) =>
  ["car in the snow", "bird at night", "boat on the beach", "tree in the fog"].map((rest) => `${first} ${rest}`),
);
const QUERIES: string[] = SET ? JSON.parse(readFileSync(join(SET, "queries.json"), "utf8")).slice(0, 20) : MADE_UP;

/** A way to search the gallery. */
interface Way {
  name: string;
  gallery: string;
  /** Files by which photos are found; the others show them. */
  files: RegExp;
  /** What else is asked. */
  elsewhere: Asked[];
}

/** A gallery of PHOTOS vectors; the photo of row n is called "photo n". */
async function made(folder: string): Promise<void> {
  const { head, rows } = SET ? await real(SET) : await grown();
  const thumbs = await shared(folder);
  const writer = new GalleryWriter(directorySink(folder), { ...head, name: "a hundred thousand" });
  for (let first = 0; first < PHOTOS; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, PHOTOS - first) }, (_, i) => first + i);
    const vectors = new Float32Array(numbers.length * head.dimension);
    for (const [i, row] of numbers.entries()) vectors.set(await rows(row), i * head.dimension);
    await writer.addImages(
      vectors,
      numbers.map((row) => ({ id: `photo ${row}`, thumb: thumbs[row % thumbs.length]! })),
    );
  }
  await writer.finish();
}

/** Bytes before the rows of a file of NumPy's. */
const HEADER = 128;

/** The set's first rows. */
async function real(set: string) {
  const pack = await Pack.open(directorySource(join(ROOT, "public/packs/photos-small")));
  const { id, dimension, metric } = pack.manifest;
  const file = await open(join(set, "rows.npy"));
  const halves = new Uint16Array(PHOTOS * dimension);
  await file.read(new Uint8Array(halves.buffer), 0, halves.byteLength, HEADER);
  await file.close();
  const rows = (row: number) => Float32Array.from(halves.subarray(row * dimension, (row + 1) * dimension), ofHalf);
  return { head: { pack: { id, fingerprint: pack.fingerprint }, dimension, metric }, rows };
}

/**
 * The embedded gallery's photos and its captions in six languages, 31,000 vectors; the others stand between two of them that are near, with noise
 * as large as a tenth of the way.
 */
async function grown() {
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
  return { head: { pack, dimension, metric }, rows: (row: number) => (row < real.length ? real[row]! : between()) };
}

/** The same gallery with lists; how many of them are read is measured with names of things. */
async function clustered(browser: Browser, own: string, folder: string): Promise<void> {
  cpSync(own, folder, { recursive: true });
  const host = await serve(own);
  const page = await browser.newPage();
  try {
    await openToSearch(page, `http://localhost:4174/?gallery=${encodeURIComponent(`${host.url}/`)}`);
    const texts = await page.evaluate(async (words) => {
      const vectors: number[][] = [];
      for (const one of words) vectors.push([...(await window.dotlight!.textVector(one))]);
      return vectors;
    }, THINGS);
    const gallery = await openGallery(directorySource(folder));
    await clusterGallery(gallery, directorySink(folder), { texts: texts.map((text) => Float32Array.from(text)), folder: "" });
  } finally {
    await page.close();
    host.stop();
  }
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

test("the same gallery by its shards, by lists and by an engine: recall, milliseconds, bytes", async ({ browser }) => {
  test.setTimeout(1_800_000);
  const [own, lists, pushed] = [temporary(), temporary(), temporary()];
  const engine = await chroma();
  const front = await before(engine);
  try {
    await made(own);
    await clustered(browser, own, lists);
    const began = performance.now();
    const { stderr, status } = await dotlight("push", own, "--to", engine.url, "--public", front.url, "--out", pushed);
    expect(stderr + status).toMatch(/0$/);
    console.log(`${PHOTOS} vectors pushed in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const ways: Way[] = [
      { name: "shards", gallery: own, files: /\/(vectors|exact)\//, elsewhere: [] },
      { name: "lists", gallery: lists, files: /\/clusters\//, elsewhere: [] },
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
      // Grown rows lie where no real ones do, between lists as often as in them.
      expect(recall).toBeGreaterThan(way.name === "shards" ? 0.999 : way.name === "lists" && !SET ? 0.7 : 0.95);
    }
  } finally {
    for (const server of [engine, front]) server.stop();
    for (const folder of [own, lists, pushed]) rmSync(folder, { recursive: true });
  }
});
