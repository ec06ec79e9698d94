import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { dotlight, GALLERY, galleryCopy, ROOT, serve } from "./support";

const state = (page: Page, name: string) => expect(page.locator(`[data-state=${name}]`)).toBeVisible({ timeout: 50_000 });
const panel = (page: Page, name: string) => page.getByRole("article", { name });
const alert = (page: Page) => page.getByRole("alert");
const canRerank = () =>
  JSON.parse(readFileSync(join(ROOT, "public/packs/diorama/dotlight.json"), "utf8")).cross &&
  JSON.parse(readFileSync(join(GALLERY, "gallery.json"), "utf8")).tables.regions;

async function run(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await state(page, "finished");
}

/** What one of the export's buttons saves. */
async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFileSync(await (await download).path(), "utf8");
}

/** Recalls as a panel shows them. */
const cells = (page: Page, name: string): Promise<string[]> => panel(page, name).locator("tbody td").allTextContents();

interface Figures {
  ir: { r1: number; r5: number; r10: number };
  tr: { r1: number; r5: number; r10: number };
}

test("the dot product's figures are those of dotlight eval, to the digit", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/?lab&sample=20&m=10&full=0");
  await state(page, "ready");
  await run(page);
  const { dataset, split, images, texts, ir, tr, ar, oracle, any, categories, pairs } = JSON.parse(
    (await dotlight("eval", GALLERY, "--json")).stdout,
  );
  const found = JSON.parse(await saved(page, "JSON"));
  expect(found).toMatchObject({ dataset, split, images, texts, ir, tr, ar, oracle, any, categories, pairs });
  expect(
    await panel(page, "Dot product")
      .locator("tbody td")
      .evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset.value))),
  ).toEqual([ir, tr].flatMap(({ r1, r5, r10 }: Figures["ir"]) => [r1, r5, r10]));
  await expect(panel(page, "Dot product")).toContainText(`${ar.toFixed(1)} AR`);
});

test("re-ranked figures are those of dotlight eval within 0.1", async ({ page }) => {
  test.skip(!canRerank(), "The built-in pack has no cross-encoder.");
  test.setTimeout(240_000);
  await page.goto("/?lab&m=10&sample=20&full=2");
  await state(page, "ready");
  await run(page);
  const { rerank } = JSON.parse((await dotlight("eval", GALLERY, "--rerank", "10", "--sample", "20", "--json")).stdout);
  const found = JSON.parse(await saved(page, "JSON"));
  for (const task of ["ir", "tr"] as const) {
    for (const at of ["r1", "r5", "r10"] as const) expect(found.rerank.by[0][task][at]).toBeCloseTo(rerank[task][at], 0.7);
  }
  expect(found.rerank.dot).toEqual(rerank.dot);
  expect(found.saving.dot).toBeGreaterThan(1);
  await expect(page.getByRole("img", { name: /Recall against milliseconds/ })).toBeVisible();
});

test("a gallery that cannot be re-ranked says why, and its dot product is measured", async ({ page }) => {
  const folder = galleryCopy();
  const path = join(folder, "gallery.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  delete manifest.tables.regions;
  writeFileSync(path, JSON.stringify(manifest));
  const host = await serve(folder);
  await page.goto(`/?lab&gallery=${encodeURIComponent(host.url)}`);
  await state(page, "ready");
  for (const name of ["Re-ranked", "Full cross-attention"]) await expect(panel(page, name)).toContainText(/no regions|no cross-encoder/);
  await run(page);
  await expect(panel(page, "Dot product")).toContainText(/\d\d\.\d AR/);
  expect(await cells(page, "Re-ranked")).toEqual(Array(6).fill("–"));
  // Captions one by one, of one category.
  await page.getByRole("button", { name: "count", exact: true }).click();
  await expect(page.getByLabel("Captions about")).toHaveValue("count");
  await page.getByRole("radio", { name: /^Found/ }).check();
  await expect(page.locator(".case").first()).toContainText("right");
  host.stop();
  rmSync(folder, { recursive: true });
});

test("a run can be stopped, and made again", async ({ page }) => {
  await page.goto("/?lab&sample=20&m=10&full=0");
  await state(page, "ready");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText(/Dot product: captions/)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText(/^Stopped/)).toBeVisible();
  await run(page);
});

/** A matrix as numpy.save writes it. */
function npy(rows: number[][]): Buffer {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows.length}, ${rows[0]!.length}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0]),
    Buffer.from(header),
    Buffer.from(Float32Array.from(rows.flat()).buffer),
  ]);
}

const file = (name: string, buffer: Buffer | string) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(buffer) });
const pick = (page: Page, files: ReturnType<typeof file>[]) => page.getByLabel("Files to measure").setInputFiles(files);
const IMAGES = npy([
  [1, 0],
  [0, 1],
]);
// The first caption finds its photo; the second finds the other one.
const CAPTIONS = npy([
  [2, 1],
  [3, 1],
]);

test("ready-made vectors are measured as they are", async ({ page }) => {
  await page.goto("/?lab");
  await state(page, "ready");
  await pick(page, [file("images.npy", IMAGES), file("captions.npy", CAPTIONS), file("captions.txt", "0\t<b>one</b>\n1\ttwo\n")]);
  await expect(page.getByText("2 pictures, 2 captions")).toBeVisible();
  await run(page);
  // Photo 0 has the second caption before its own; photo 1 scores both alike, and only captions scored better count.
  expect(await cells(page, "Dot product")).toEqual(["50.0", "100.0", "100.0", "50.0", "100.0", "100.0"]);
  await expect(panel(page, "Re-ranked")).toContainText("came without pictures");
  await page.getByRole("radio", { name: /^Found/ }).check();
  await expect(page.locator(".case-text")).toHaveText("<b>one</b>");
  const [head, line] = (await saved(page, "CSV")).split("\n");
  expect(head!.split(",").slice(-2)).toEqual(["AR", "ms"]);
  expect(line).toContain(",dot product,2,2,50.00,100.00,100.00,50.00,100.00,100.00,83.33,");
  const slide = await saved(page, "SVG for a slide");
  expect(slide).toContain('viewBox="0 0 1600 900"');
  const parsed = await page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror"), slide);
  expect(parsed).toBeNull();
});

const REFUSED: [string, ReturnType<typeof file>[], RegExp][] = [
  [
    "a damaged .npy",
    [file("images.npy", IMAGES.subarray(0, -3)), file("captions.npy", CAPTIONS), file("captions.txt", "0\n1")],
    /cut short or damaged/,
  ],
  [
    "vectors of two dimensions",
    [file("images.npy", IMAGES), file("captions.npy", npy([[1, 2, 3]])), file("captions.txt", "0\ta")],
    /have 2 dimensions, the captions' have 3/,
  ],
  [
    "captions of no photo",
    [file("images.npy", IMAGES), file("captions.npy", CAPTIONS), file("captions.txt", "0\ta\n7\tb")],
    /Caption 1 names photo 7/,
  ],
  ["vectors without captions", [file("images.npy", IMAGES)], /captions\.npy and captions\.json or captions\.txt is missing/],
  [
    "a data set whose photos are not there",
    [file("dataset.json", JSON.stringify({ images: [{ filename: "a.jpg", imgid: 0, split: "test", sentences: [{ raw: "a" }] }] }))],
    /names 1 images of the split "test", a\.jpg for one, and none of them/,
  ],
  [
    "a data set of another split",
    [file("dataset.json", JSON.stringify({ images: [{ filename: "a.jpg", imgid: 0, split: "val", sentences: [{ raw: "a" }] }] }))],
    /no images of the split "test" \(it has: val\)/,
  ],
  ["files that are nothing", [file("notes.txt", "hello")], /None of the 1 files \(notes\.txt\) says what to measure/],
];
test("what cannot be measured is explained, and the next data set works", async ({ page }) => {
  await page.goto("/?lab");
  await state(page, "ready");
  for (const [name, files, message] of REFUSED) {
    await pick(page, files);
    await expect(alert(page), name).toContainText(message);
    await expect(page.getByRole("button", { name: "Run", exact: true })).toBeDisabled();
  }
  await pick(page, [file("images.npy", IMAGES), file("captions.npy", CAPTIONS), file("captions.txt", "0\ta\n1\tb")]);
  await expect(alert(page)).toHaveCount(0);
  await run(page);
});

test("a data set in the Karpathy form is encoded and measured in the tab", async ({ page }) => {
  const items = JSON.parse(readFileSync(join(GALLERY, "items/0000.json"), "utf8")).slice(0, 6) as { captions: string[] }[];
  const images = items.map(({ captions }, i) => ({
    filename: `${i}.webp`,
    filepath: "elsewhere",
    imgid: i,
    split: "test",
    sentences: captions.map((raw) => ({ raw })),
  }));
  await page.goto("/?lab&pack=diorama");
  await state(page, "ready");
  await pick(page, [
    file("dataset.json", JSON.stringify({ dataset: "six", images })),
    ...items.map((_, i) => file(`${i}.webp`, readFileSync(join(GALLERY, `thumbs/00000${i}.webp`)))),
  ]);
  await expect(page.getByText("6 pictures, 30 captions")).toBeVisible({ timeout: 40_000 });
  await run(page);
  // Among six pictures the model knows its way.
  expect(Number((await cells(page, "Dot product"))[0])).toBeGreaterThan(80);
  await page.getByRole("radio", { name: /^Found/ }).check();
  await expect(page.locator(".case img").first()).toHaveAttribute("src", /^blob:/);
});

test("a link makes the same run again", async ({ page }) => {
  await page.goto("/?lab&sample=20&m=10&full=0");
  await state(page, "ready");
  await page.getByRole("main").getByLabel("Language").selectOption("de");
  await run(page);
  const first = JSON.parse(await saved(page, "JSON"));
  await page.goto(await page.getByLabel("This run again").inputValue());
  await state(page, "finished");
  const again = JSON.parse(await saved(page, "JSON"));
  expect(again.settings).toEqual({ language: "de", m: 10, sample: 20, full: 0, seed: 1 });
  expect([again.ir, again.tr, again.ar, again.rerank]).toEqual([first.ir, first.tr, first.ar, first.rerank]);
});

test("a gallery that is damaged or has no captions is explained", async ({ page }) => {
  const folder = galleryCopy();
  truncateSync(join(folder, "captions/en/vectors/0000.1.dot"), 1000);
  const host = await serve(folder);
  await page.goto(`/?lab&gallery=${encodeURIComponent(host.url)}`);
  await state(page, "ready");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(alert(page)).toContainText(/0000\.1\.dot has 1000 bytes/);
  const path = join(folder, "gallery.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  delete manifest.tables.captions;
  writeFileSync(path, JSON.stringify(manifest));
  await page.reload();
  await expect(alert(page)).toContainText("has no captions");
  host.stop();
  rmSync(folder, { recursive: true });
});

test("the Lab is one step from the search, works by keyboard, and fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await page.getByRole("link", { name: "Lab" }).click();
  await state(page, "ready");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The Lab");
  // What it asks for is seen, and none of the search page's buttons.
  await expect(page.getByLabel("Seed")).toHaveCSS("opacity", "1");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.goto("/?lab&sample=20&m=10&full=0");
  await state(page, "ready");
  await page.getByRole("button", { name: "Run", exact: true }).focus();
  await page.keyboard.press("Enter");
  await state(page, "finished");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole("link", { name: "Search" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
});
