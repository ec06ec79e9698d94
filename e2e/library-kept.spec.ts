import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { allTitles, chooseFolder, imported, libraryRows, makeFolder, openLibrary, removeFile } from "./library-support";
import { GALLERY, openToSearch, search } from "./support";

const ASKED = "a red car";
const COUNT = 6;

/** A gallery of a few pictures of the built-in one. */
async function makeOwn(page: Page): Promise<void> {
  await openToSearch(page);
  await makeFolder(page, "mine", Object.fromEntries(Array.from({ length: COUNT }, (_, i) => [`${i}.webp`, thumbnail(i)])));
  await chooseFolder(page, "mine");
  expect(await imported(page)).toBe("6 photos encoded.");
}

const thumbnail = (number: number) => ({ file: join(GALLERY, `thumbs/${String(number).padStart(6, "0")}.webp`) });

const keysOfFiles = async (page: Page) => (await libraryRows(page, ["files"])).files.map(({ key }) => key);

/** Waits until what was written of the only gallery is kept; resolves to its key. */
async function kept(page: Page): Promise<string> {
  await expect.poll(() => keysOfFiles(page)).toHaveLength(1);
  return String(await keysOfFiles(page));
}

test("what was written of a gallery is kept: it opens again without its photos' vectors; changed, it is written anew", async ({ page }) => {
  await makeOwn(page);
  await search(page, ASKED);
  const before = await allTitles(page, COUNT);
  await kept(page);

  expect((await libraryRows(page, ["vectors"], true)).vectors).toHaveLength(COUNT);
  await page.reload();
  expect(await imported(page)).toBe("6 unchanged.");
  await search(page, ASKED);
  expect(await allTitles(page, COUNT)).toEqual(before);

  await removeFile(page, "mine", "3.webp");
  await page.reload();
  expect(await imported(page)).toContain("1 photo removed");
  await expect(page.getByRole("alert")).toContainText("is not in this browser's store");
});

test("what is kept makes way for what is written next, and goes with its gallery", async ({ page }) => {
  await makeOwn(page);
  const first = await kept(page);
  await makeFolder(page, "mine", { "another.webp": thumbnail(COUNT) });
  await page.reload();
  expect(await imported(page)).toContain("1 photo encoded");
  await expect.poll(() => kept(page)).not.toBe(first);

  await openLibrary(page);
  await page.getByRole("button", { name: "Forget mine" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect.poll(() => keysOfFiles(page)).toHaveLength(0);
});
