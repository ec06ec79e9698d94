import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { chooseFolder, imported, makeFolder, PHOTOS, photoFiles } from "./library-support";
import { alts, DATA, dotlight, hasData, openToSearch, search, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT || !hasData("coco/photos"), "a minute, with the photographs: npm run accept");

const NOUNS =
  "man woman boy table sink street laptop oven bowl road tree skateboard bed beach bathroom kitchen pizza sign cat food ball boat dog bus";
/** Photos that are looked at for a noun. */
const FIRST = 10;

test("captions' nouns find the photographs in the page as well as in the command line's index", async ({ page }) => {
  test.setTimeout(600_000);
  const photos: { filename: string; captions: string[] }[] = JSON.parse(readFileSync(join(DATA, "coco/photos.json"), "utf8"));
  const names = photoFiles();
  const index = temporary();
  expect((await dotlight("index", PHOTOS, "--out", index)).status).toBe(0);
  await openToSearch(page);
  await makeFolder(page, "holiday", Object.fromEntries(names.map((name) => [name, { file: join(PHOTOS, name) }])));
  await chooseFolder(page, "holiday");
  await imported(page);
  const found = { page: 0, index: 0 };
  const nouns = NOUNS.split(" ");
  for (const noun of nouns) {
    const named = photos.filter(({ captions }) => captions.some((caption) => new RegExp(`\\b${noun}s?\\b`, "i").test(caption)));
    const wanted = new Set(named.map(({ filename }) => filename.replace(/\.jpg$/, "")));
    expect(wanted.size, noun).toBeGreaterThan(0);
    const share = (titles: string[]) => titles.filter((title) => wanted.has(title)).length / Math.min(FIRST, wanted.size);
    await search(page, noun);
    // The last batch is searched a moment after the import's end.
    await expect(page.getByTestId("spent")).toContainText(`of ${names.length}`);
    found.page += share(await alts(page, FIRST)) / nouns.length;
    const { hits } = JSON.parse((await dotlight("search", index, noun, "--k", String(FIRST), "--json")).stdout);
    found.index += share(hits.map(({ id }: { id: string }) => id.replace(/\.jpg$/, ""))) / nouns.length;
  }
  console.log(
    `of the photographs that ${nouns.length} nouns name, the first ${FIRST} hold ${(100 * found.page).toFixed(1)} % in the page, ` +
      `${(100 * found.index).toFixed(1)} % by the command line's index`,
  );
  expect(found.page).toBeGreaterThan(found.index - 0.02);
  rmSync(index, { recursive: true });
});
