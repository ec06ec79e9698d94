import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { DATA, dotlight, GALLERY, hasData, openPage, pictures, search, serve, temporary } from "./support";

/** A folder of three small pictures, one of them in a folder below, and one broken. */
async function photos(): Promise<string> {
  const folder = temporary();
  mkdirSync(join(folder, "Ferien <b>2024"));
  const picture = (color: string) => sharp({ create: { width: 80, height: 40, channels: 3, background: color } });
  await picture("#c02020").jpeg().toFile(join(folder, "red.jpg"));
  await picture("#2020c0")
    .png()
    .toFile(join(folder, "Ferien <b>2024", "blue & co.png"));
  // Stored on its side: EXIF says to turn it.
  await picture("#20c020").jpeg().withMetadata({ orientation: 6 }).toFile(join(folder, "turned.jpg"));
  writeFileSync(join(folder, "broken.jpg"), "not a picture");
  writeFileSync(join(folder, "notes.txt"), "not a photo");
  return folder;
}

test("a folder becomes a gallery that the page opens by its address", async ({ page }) => {
  const [folder, out] = [await photos(), temporary()];
  const made = await dotlight("index", folder, "--out", out, "--name", "Three", "--json");
  expect(made.status).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({ photos: 3, skipped: [{ name: join(folder, "broken.jpg") }] });
  expect(made.stderr).toContain("left out");
  const items = JSON.parse(readFileSync(join(out, "items/0000.json"), "utf8")) as {
    id: string;
    thumb: { width: number; height: number };
  }[];
  expect(items.map(({ id }) => id)).toEqual(["Ferien <b>2024/blue & co.png", "red.jpg", "turned.jpg"]);
  expect(items[2]!.thumb).toMatchObject({ width: 40, height: 80 });
  const host = await serve(out);
  await openPage(page, `/?gallery=${encodeURIComponent(host.url)}`);
  await expect(page.getByText("Three", { exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("for research use only");
  await search(page, "a blue car");
  await expect(pictures(page)).toHaveCount(3);
  // A file name is text, whatever it holds.
  await expect(pictures(page).and(page.getByAltText("blue & co"))).toHaveCount(1);
  host.stop();
});

test("an interrupted index leaves no gallery, and the next run makes it whole", async () => {
  const [folder, out] = [await photos(), temporary()];
  await dotlight("index", folder, "--out", out);
  for (const name of readdirSync(folder)) if (name.endsWith(".jpg")) writeFileSync(join(folder, name), "broken now");
  rmSync(join(folder, "Ferien <b>2024"), { recursive: true });
  const failed = await dotlight("index", folder, "--out", out);
  expect([failed.status, existsSync(join(out, "gallery.json"))]).toEqual([1, false]);
  expect(failed.stderr).toContain("no gallery was made");
});

test("the embedded gallery evaluates itself, the oracle beside it", async () => {
  const { stdout } = await dotlight("eval", GALLERY, "--json");
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ dataset: "diorama", split: "test", images: 1000, texts: 5000 });
  const six = [found.ir, found.tr].flatMap(({ r1, r5, r10 }) => [r1, r5, r10]);
  expect(found.ar).toBeCloseTo(six.reduce((a, b) => a + b) / 6, 1);
  expect(found.ar).toBeGreaterThan(60);
  expect(found.oracle.ar).toBeGreaterThan(found.ar);
  expect(found.any.r1).toBeGreaterThanOrEqual(found.ir.r1);
});

test("a data set's captions are kept and measured in each of its languages", async () => {
  const [folder, out] = [await photos(), temporary()];
  const image = (filename: string, imgid: number, raw: string, de: string) => ({
    filename,
    imgid,
    split: "test",
    sentences: [{ raw, translations: { de } }],
  });
  const images = [image("red.jpg", 7, "a red square", "ein rotes Quadrat"), image("turned.jpg", 9, "a green one", "ein grünes")];
  writeFileSync(join(folder, "dataset.json"), JSON.stringify({ dataset: "squares", images }));
  expect((await dotlight("index", folder, "--out", out)).status).toBe(0);
  const { languages } = JSON.parse(readFileSync(join(out, "gallery.json"), "utf8")).tables.captions;
  expect(Object.entries(languages).map(([code, { count }]: any) => [code, count])).toEqual([
    ["en", 2],
    ["de", 2],
  ]);
  const texts = JSON.parse(readFileSync(join(out, languages.de.texts.fragments[0].file), "utf8"));
  expect(texts).toEqual([
    { text: "ein rotes Quadrat", image: 0 },
    { text: "ein grünes", image: 1 },
  ]);
  for (const language of ["en", "de"]) {
    expect(JSON.parse((await dotlight("eval", out, "--language", language, "--json")).stdout)).toMatchObject({ images: 2, texts: 2 });
  }
});

const REFUSED: [string, string[], number, RegExp][] = [
  ["an unknown command", ["find"], 2, /no command "find"/],
  ["an unknown option", ["index", ".", "--fast"], 2, /--fast/],
  ["a missing folder", ["index", "/nowhere", "--out", "/tmp/x"], 2, /"\/nowhere" is not a folder/],
  ["no --out", ["index", "."], 2, /--out/],
  ["an output inside the folder", ["index", ".", "--out", "./gallery"], 2, /lies inside/],
  ["a k that is no number", ["search", GALLERY, "a car", "--k", "many"], 2, /--k takes a whole number/],
  ["a gallery that is none", ["search", "/tmp", "a car"], 1, /gallery\.json is not there/],
  ["words that are none", ["search", GALLERY, "🙂"], 1, /no words/],
  ["an unknown pack", ["search", GALLERY, "a car", "--pack", "nothing"], 2, /no model pack at "nothing"/],
  ["a language without captions", ["eval", GALLERY, "--language", "xx"], 1, /no captions in "xx" \(there are: en, de, fr, cs, ja, zh\)/],
  ["an M of 0", ["eval", GALLERY, "--rerank", "0"], 2, /--rerank takes a whole number of at least 1/],
  ["a sample of nothing re-ranked", ["eval", GALLERY, "--sample", "5"], 2, /it needs --rerank/],
  ["a folder that is no site", ["serve", "/nowhere"], 2, /takes a folder/],
];
for (const [name, args, status, message] of REFUSED) {
  test(`${name} is refused with advice and status ${status}`, async () => {
    const found = await dotlight(...args);
    expect(found.status).toBe(status);
    expect(found.stderr).toMatch(message);
    expect(found.stderr.trim().split("\n").length).toBeGreaterThanOrEqual(2);
  });
}

test("a folder without photos is refused", async () => {
  const found = await dotlight("index", temporary(), "--out", temporary());
  expect([found.status, found.stderr]).toEqual([1, expect.stringContaining("holds no photos")]);
});

test("a port in use is named", async () => {
  const host = await serve(GALLERY);
  const found = await dotlight("serve", GALLERY, "--port", new URL(host.url).port);
  expect([found.status, found.stderr]).toEqual([2, expect.stringMatching(/in use.*--port/s)]);
  host.stop();
});

test("76 real photographs become a gallery, and the page says what its model is good at, and under which terms", async ({ page }) => {
  test.skip(!hasData("coco/photos"), `${DATA}/coco/photos is not here: set DOTLIGHT_DATA.`);
  test.setTimeout(180_000);
  const out = temporary();
  const made = await dotlight("index", join(DATA, "coco/photos"), "--out", out, "--name", "COCO photos", "--json");
  expect(JSON.parse(made.stdout)).toMatchObject({ photos: 76, skipped: [] });
  const host = await serve(out);
  await openPage(page, `/?gallery=${encodeURIComponent(host.url)}`);
  await search(page, "a horse on the beach");
  await expect(pictures(page)).toHaveCount(48);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("for research use only");
  host.stop();
});
