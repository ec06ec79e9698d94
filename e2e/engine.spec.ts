import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { recordOf } from "../src/files/digest";
import { directorySource } from "../src/files/directory.node";
import type { GalleryManifest, Item } from "../src/gallery/manifest";
import { openGallery } from "../src/gallery/reader";
import { dot } from "../src/retrieval/dot";
import { answering, before, type Chroma, chroma, type Fault, hasChroma, NO_CHROMA } from "./engine-support";
import { alts, dotlight, field, galleryCopy, type Host, openToSearch, pictures, search, serve, temporary } from "./support";

const DATABASE = "api/v2/tenants/default_tenant/databases/default_database/collections";

test.skip(!hasChroma, NO_CHROMA);

let engine: Chroma;
let front: Awaited<ReturnType<typeof before>>;
/** The gallery with its vectors, and the one that names the engine. */
let [own, pushed]: [string, string] = ["", ""];
let host: Host;
let items: Item[];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  engine = await chroma();
  front = await before(engine);
  own = await inFolders();
  pushed = temporary();
  const made = await push(own, pushed, front.url);
  expect(made).toMatchObject({ photos: 1000, sent: 1000 });
  host = await serve(pushed);
  items = await (await openGallery(directorySource(own))).items(Array.from({ length: 1000 }, (_, row) => row));
});

test.beforeEach(() => {
  front.fault = undefined;
  front.asked.length = 0;
});

test.afterAll(() => {
  for (const server of [engine, front, host]) server?.stop();
});

/** The embedded gallery, its photos in folders, with days and shapes. */
async function inFolders(): Promise<string> {
  const folder = galleryCopy();
  const manifest = JSON.parse(readFileSync(join(folder, "gallery.json"), "utf8")) as GalleryManifest;
  let row = 0;
  for (const entry of manifest.tables.items.fragments) {
    const own = (JSON.parse(readFileSync(join(folder, entry.file), "utf8")) as Item[]).map((item): Item => {
      const number = row++;
      const details = { width: number % 3 === 0 ? 600 : 900, height: 800, type: number % 2 === 0 ? "jpeg" : "png" };
      const taken = `2024-0${1 + (number % 9)}-15T10:00:00`;
      return { ...item, id: `trips/${number % 5}/${number}.jpg`, details: { ...details, ...(number % 7 === 0 ? {} : { taken }) } };
    });
    const bytes = new TextEncoder().encode(JSON.stringify(own));
    writeFileSync(join(folder, entry.file), bytes);
    Object.assign(entry, await recordOf(bytes));
  }
  writeFileSync(join(folder, "gallery.json"), JSON.stringify(manifest));
  return folder;
}

async function push(gallery: string, out: string, visited: string, ...more: string[]) {
  const { stdout, stderr, status } = await dotlight(
    "push",
    gallery,
    "--to",
    engine.url,
    "--public",
    visited,
    "--out",
    out,
    "--json",
    ...more,
  );
  expect(stderr + status).toMatch(/0$/);
  return JSON.parse(stdout);
}

const address = (of: Host, more = "") => `/?gallery=${encodeURIComponent(`${of.url}/`)}${more}`;
/** The first ten pictures' texts; those around the screen follow when what is on it has been painted. */
async function ten(page: Page): Promise<string[]> {
  await expect.poll(async () => (await alts(page, 10)).length).toBe(10);
  return alts(page, 10);
}

const problem = (page: Page) => page.getByRole("alert");
const again = (page: Page) => page.getByRole("button", { name: "Try again" }).click();

/** The first captions of the ten photos that a query's vector scores highest, of those that are wanted. */
async function best(page: Page, words: string, wanted: (item: Item) => boolean = () => true): Promise<string[]> {
  const vector = await page.evaluate((text) => window.dotlight!.textVector(text).then((found) => [...found]), words);
  const rows = items.flatMap((item, row) => (wanted(item) ? [row] : []));
  const read = await (await openGallery(directorySource(own))).exactRows(true)!.read(rows);
  return rows
    .map((row, i) => ({ row, score: dot(vector, read[i]!) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 10)
    .map(({ row }) => items[row]!.captions![0]!);
}

test("an engine finds what the vectors find; only vectors, filters and photos' numbers leave, and the page says where to", async ({
  page,
}) => {
  await openToSearch(page, address(host));
  const left = page.locator(".left-machine");
  await expect(left).toContainText(`Chroma at ${new URL(front.url).host}`);
  await expect(left).toContainText("Your words and pictures stay in this browser");
  for (const words of ["a red car at night", "three birds", "a boat in the snow"]) {
    await search(page, words);
    expect(await ten(page)).toEqual(await best(page, words));
  }
  const sent = front.asked.filter(({ path }) => path.endsWith("/query")).map(({ body }) => JSON.parse(body));
  expect(sent.length).toBeGreaterThanOrEqual(3);
  for (const question of sent) {
    expect(Object.keys(question).sort()).toEqual(["include", "n_results", "query_embeddings"]);
    expect(question.query_embeddings[0]).toHaveLength(256);
  }
  expect(JSON.stringify(front.asked)).not.toMatch(/night|birds|snow/);

  await page.getByLabel("Folder").selectOption("trips/3");
  await page.getByLabel("Orientation").selectOption("portrait");
  await page.getByLabel("From").fill("2024-03-01");
  await expect.poll(() => front.asked.filter(({ path }) => path.endsWith("/query")).at(-1)?.body).toContain('"$gte":20240301');
  const kept = ({ id, details }: Item) => id.startsWith("trips/3/") && details!.width === 600 && (details!.taken ?? "") >= "2024-03-01";
  const expected = await best(page, "a boat in the snow", kept);
  await expect.poll(() => alts(page, 10)).toEqual(expected);
  await expect(page.getByRole("button", { name: "show all again" })).toContainText(`${items.filter(kept).length} photos left`);
});

test("re-ranking, photos like one, parts left out and captions work by the engine, too", async ({ page }) => {
  await openToSearch(page, address(host));
  await search(page, "a red car to the left of a blue dog");
  await page.getByRole("switch", { name: "Re-rank" }).click();
  await expect(page.locator(".step.rerank dd")).toHaveText(/\d+ ms/, { timeout: 20_000 });
  const read = front.asked
    .filter(({ path, body }) => path.endsWith("/get") && body.includes("embeddings"))
    .map(({ body }) => JSON.parse(body));
  // Beside the three that are compared at first, the fifty that are re-ranked.
  expect(read.map(({ ids }) => ids.length)).toEqual([3, 50]);
  const here = await ten(page);
  await pictures(page).first().click();
  await page.getByRole("button", { name: "Find its captions" }).click();
  await expect(page.getByRole("list", { name: "Matching captions" }).getByRole("listitem")).toHaveCount(10);
  const byVectors = await serve(own);
  try {
    await openToSearch(page, address(byVectors, `&rerank=1&q=${encodeURIComponent("a red car to the left of a blue dog")}`));
    await expect(page.locator(".step.rerank dd")).toHaveText(/\d+ ms/, { timeout: 20_000 });
    expect(here).toEqual(await ten(page));
  } finally {
    byVectors.stop();
  }
  const found = async (gallery: string, query: string) =>
    JSON.parse((await dotlight("search", gallery, query, "--k", "8", "--json")).stdout);
  for (const query of ["a green tree", "like:trips/3/3.jpg", "like:trips/3/3.jpg snow"]) {
    const [there, here] = [await found(pushed, query), await found(own, query)];
    expect(there.hits.map(({ id }: Item) => id)).toEqual(here.hits.map(({ id }: Item) => id));
    for (const [i, { probability }] of here.hits.entries()) if (probability) expect(there.hits[i].probability).toBeCloseTo(probability, 4);
  }
  const without = await found(pushed, "a car -red");
  expect(without.hits.filter(({ captions }: Item) => /\bred car/.test(captions!.join(" ")))).toHaveLength(0);
});

test("pushing goes on where it ended, and refuses what is not its own", async () => {
  const [folder, name] = [temporary(), "halves"];
  await push(own, folder, engine.url, "--collection", name);
  const collection = await (await fetch(`${engine.url}/${DATABASE}/${name}`)).json();
  const ids = Array.from({ length: 400 }, (_, i) => String(2 * i));
  await ask(`${collection.id}/delete`, { ids });
  expect(await push(own, folder, engine.url, "--collection", name)).toMatchObject({ photos: 1000, sent: 400 });
  expect(await push(own, folder, engine.url, "--collection", name)).toMatchObject({ photos: 1000, sent: 0 });
  const other = galleryCopy();
  const refused = await dotlight("push", other, "--to", engine.url, "--out", folder, "--collection", name);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/holds other photos than this gallery's: nothing was sent/)]);
  const unreachable = await dotlight("push", own, "--to", "http://127.0.0.1:1", "--out", folder);
  expect([unreachable.status, unreachable.stderr]).toEqual([2, expect.stringMatching(/only https addresses, and http:\/\/localhost/)]);
});

/** Asks the engine itself. */
async function ask(path: string, body: unknown, method = "POST"): Promise<void> {
  const answer = await fetch(`${engine.url}/${DATABASE}/${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  expect(answer.ok).toBe(true);
}

/** Bad days take their time. */
const slow = () => test.skip(!process.env.DOTLIGHT_ACCEPT, "an engine's bad days: npm run accept");

const faults: [what: string, fault: Fault, message: RegExp][] = [
  [
    "gone",
    (_, answer) => answer.destroy(),
    /cannot be reached: it is not running, there is no connection, or it does not let this page ask/,
  ],
  ["silent", () => {}, /has not answered within 10 seconds/],
  ["broken", answering(500, "application/json", '{"error":"InternalError","message":"disk full"}'), /answered 500 \(disk full\)/],
  ["a web page", answering(200, "text/html", "<!doctype html>Sign in"), /answered with a web page \(200\) instead of data/],
  ["something else", answering(200, "application/json", '{"hello":"world"}'), /answered, but not with/],
];

for (const [what, fault, message] of faults) {
  test(`an engine that turns out ${what} is told, shows nothing wrong, and is asked again on demand`, async ({ page }) => {
    slow();
    await openToSearch(page, address(host));
    await search(page, "a red car");
    const right = await ten(page);
    front.fault = fault;
    await field(page).fill("three birds");
    await expect(problem(page)).toContainText(message, { timeout: 20_000 });
    await expect(pictures(page)).toHaveCount(0);
    front.fault = undefined;
    await field(page).fill("a red car");
    await expect.poll(() => alts(page, 10)).toEqual(right);
    await expect(problem(page)).toHaveCount(0);

    // From the beginning.
    front.fault = fault;
    await page.goto(address(host, "&q=a+red+car"));
    await expect(problem(page)).toContainText(message, { timeout: 30_000 });
    front.fault = undefined;
    await again(page);
    await expect.poll(() => alts(page, 10), { timeout: 30_000 }).toEqual(right);
  });
}

test("an engine that lets only other pages ask is told", async ({ page }) => {
  slow();
  const closed = await chroma(["https://elsewhere.example"]);
  const folder = temporary();
  const { status } = await dotlight("push", own, "--to", closed.url, "--out", folder);
  expect(status).toBe(0);
  const other = await serve(folder);
  try {
    await page.goto(address(other));
    await expect(problem(page)).toContainText("does not let this page ask (CORS)", { timeout: 30_000 });
    await expect(problem(page)).toContainText("let it allow pages from http://localhost:4174");
  } finally {
    closed.stop();
    other.stop();
  }
});

test("an engine that was stopped while the page is open answers again when it is back", async ({ page }) => {
  slow();
  await openToSearch(page, address(host));
  await search(page, "a red car");
  const right = await ten(page);
  engine.stop();
  await field(page).fill("a red car at night");
  await expect(problem(page)).toContainText("cannot be reached", { timeout: 20_000 });
  await engine.start();
  await again(page);
  await expect.poll(() => alts(page, 10)).toEqual(await best(page, "a red car at night"));
  await search(page, "a red car");
  expect(await ten(page)).toEqual(right);
});

const changes: [what: string, change: (id: string) => Promise<void>, message: RegExp][] = [
  [
    "half of the photos",
    (id) => ask(`${id}/delete`, { ids: Array.from({ length: 500 }, (_, i) => String(2 * i + 1)) }),
    /holds 500 of this gallery's 1000 photos/,
  ],
  [
    "another model's vectors",
    (id) => ask(id, { new_metadata: { dotlight_photos: "x", dotlight_pack: "y" } }, "PUT"),
    /holds vectors of another model/,
  ],
  ["other photos", (id) => claim(id), /holds the photos of another gallery/],
  [
    "another vector under a photo's number",
    (id) => ask(`${id}/upsert`, { ids: ["998"], embeddings: [new Array(256).fill(0.5)] }),
    /has another vector of photo 998/,
  ],
];

/** The right model, and other photos. */
async function claim(id: string): Promise<void> {
  const { pack } = JSON.parse(readFileSync(join(own, "gallery.json"), "utf8")) as GalleryManifest;
  await ask(id, { new_metadata: { dotlight_photos: "other", dotlight_pack: pack.fingerprint } }, "PUT");
}

for (const [what, change, message] of changes) {
  test(`a collection with ${what} is refused before anything is asked`, async ({ page }) => {
    slow();
    const [folder, name] = [temporary(), `changed-${what.replaceAll(/\W/g, "-")}`];
    await push(own, folder, front.url, "--collection", name);
    const { id } = await (await fetch(`${engine.url}/${DATABASE}/${name}`)).json();
    await change(id);
    const other = await serve(folder);
    front.asked.length = 0;
    try {
      await page.goto(address(other, "&q=a+red+car"));
      await expect(problem(page)).toContainText(message, { timeout: 30_000 });
      await expect(pictures(page)).toHaveCount(0);
      expect(front.asked.filter(({ path }) => path.endsWith("/query"))).toEqual([]);
    } finally {
      other.stop();
    }
  });
}
