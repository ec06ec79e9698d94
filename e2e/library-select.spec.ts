import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { chooseFolder, filesOnDisk, imported, makeFolder, removeFile } from "./library-support";
import { openToSearch, ROOT, results, search, temporary } from "./support";

const photo = (number: number) =>
  sharp(join(ROOT, `public/galleries/diorama/thumbs/${String(number).padStart(6, "0")}.webp`))
    .jpeg()
    .toBuffer();
const PATHS = ["a.jpg", "b.jpg", "c.jpg", "d.jpg", `${"deep/".repeat(30)}ü.jpg`];

/** Five photos, in the order of their paths. */
async function makeFive(page: Page): Promise<Record<string, Buffer>> {
  const photos = await Promise.all(PATHS.map(async (path, i): Promise<[string, Buffer]> => [path, await photo(i)]));
  await openToSearch(page);
  await makeFolder(page, "five", filesOnDisk(Object.fromEntries(photos)));
  await chooseFolder(page, "five");
  expect(await imported(page)).toBe("5 photos encoded.");
  await expect(results(page).getByRole("listitem")).toHaveCount(5);
  return Object.fromEntries(photos);
}
const bar = (page: Page) => page.getByRole("region", { name: "Selected photos" });
const box = (page: Page, title: string) => results(page).getByRole("checkbox", { name: `Select ${title}`, exact: true });
const selected = (page: Page) =>
  results(page)
    .getByRole("checkbox", { checked: true })
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!.slice(7)));

test("several photos are selected, by mouse, range and keys, and their originals saved as one archive", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const photos = await makeFive(page);
  await results(page).getByRole("button", { name: "a", exact: true }).hover();
  await box(page, "a").click();
  await box(page, "c").click({ modifiers: ["Shift"] });
  expect(await selected(page)).toEqual(["a", "b", "c"]);
  // While photos are being selected a click on one selects it, too.
  await results(page).getByRole("button", { name: "b", exact: true }).click();
  expect(await selected(page)).toEqual(["a", "c"]);
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await selected(page)).toEqual(["a", "c", "d", "ü"]);
  await results(page).getByRole("button", { name: "a", exact: true }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  expect(await selected(page)).toEqual(["c", "d", "ü"]);
  // Other words leave the selection as it is.
  await search(page, "a red car");
  expect((await selected(page)).sort()).toEqual(["c", "d", "ü"]);

  await bar(page).getByRole("button", { name: "Copy paths" }).click();
  await expect(bar(page)).toContainText("Copied");
  expect((await page.evaluate(() => navigator.clipboard.readText())).split("\n")).toEqual(PATHS.slice(2));
  const saving = page.waitForEvent("download");
  await bar(page).getByRole("button", { name: "Download 3 originals" }).click();
  expect((await saving).suggestedFilename()).toBe("five, 3 photos.tar");
  const folder = temporary();
  execFileSync("tar", ["-xf", await (await saving).path(), "-C", folder]);
  for (const path of PATHS.slice(2)) expect(readFileSync(join(folder, path)).equals(photos[path]!)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  expect(await selected(page)).toEqual([]);
});

test("one selected photo is saved as it is; one that is gone is named, and the others are saved", async ({ page }) => {
  const photos = await makeFive(page);
  await page.getByRole("button", { name: "Select photos" }).click();
  await expect(bar(page).getByRole("button", { name: "Copy paths" })).toBeDisabled();
  await results(page).getByRole("button", { name: "d", exact: true }).click();
  const saving = page.waitForEvent("download");
  await bar(page).getByRole("button", { name: "Download the original" }).click();
  expect((await saving).suggestedFilename()).toBe("d.jpg");
  expect(readFileSync(await (await saving).path()).equals(photos["d.jpg"]!)).toBe(true);
  await bar(page).getByRole("button", { name: "Select all shown" }).click();
  await expect(bar(page)).toContainText("5 selected");
  await removeFile(page, "five", "b.jpg");
  const savingAll = page.waitForEvent("download");
  await bar(page).getByRole("button", { name: "Download 5 originals" }).click();
  await expect(bar(page)).toContainText(/Without 1 of 5: b\.jpg\. "b\.jpg" cannot be read/);
  const listed = execFileSync("tar", ["-tf", await (await savingAll).path()], { encoding: "utf8" });
  expect(listed.trim().split("\n")).toHaveLength(4);
  await bar(page).getByRole("button", { name: "Done" }).click();
  await results(page).getByRole("button", { name: "d", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
});
