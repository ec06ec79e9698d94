import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { directorySource } from "../src/files/directory.node.ts";
import { openGallery } from "../src/gallery/reader.ts";
import { unhalve } from "../src/retrieval/half.ts";
import {
  chooseFolder,
  firstWritten,
  imported,
  makeFolder,
  openLibrary,
  PHOTOS,
  photoFiles,
  pickerGives,
  storedPhotos,
} from "./library-support";
import { alts, dotlight, hasData, openToSearch, ready, search, temporary } from "./support";

test.skip(!hasData("coco/photos"), "the photographs are not here");

test("a folder of photographs is searched, with the vectors that the command line gives", async ({ page }) => {
  test.setTimeout(180_000);
  const names = photoFiles();
  await openToSearch(page);
  await makeFolder(page, "holiday", Object.fromEntries(names.map((name) => [name, { file: join(PHOTOS, name) }])));
  await chooseFolder(page, "holiday");
  // Searching works while photos are still coming.
  await firstWritten(page, "holiday");
  expect(await imported(page)).toBe(`${names.length} photos encoded.`);
  const folder = temporary();
  expect((await dotlight("index", PHOTOS, "--out", folder)).status).toBe(0);
  const gallery = await openGallery(directorySource(folder));
  const stored = await storedPhotos(page);
  expect([...stored.keys()].sort()).toEqual(names);
  const distances: number[] = [];
  for await (const piece of gallery.vectors()) {
    if (piece.part !== "exact") continue;
    const items = await gallery.items(names.map((_, row) => row));
    for (const [row, { id }] of items.entries()) {
      const [theirs, ours] = [unhalve(piece.rows, row), stored.get(id)!.vector];
      const largest = Math.max(...theirs.map((value, d) => Math.abs(value - ours[d]!)));
      distances.push(largest / Math.hypot(...theirs));
    }
  }
  // Most are the same to the last bit; those with a colour profile of their own are converted by another library in each.
  expect(distances.filter((distance) => distance === 0).length).toBeGreaterThan(50);
  console.log(`the largest difference between the page's and the command line's vectors: ${Math.max(...distances).toExponential(1)}`);
  // One such photo differs by 1.2e-3, which the diorama pack turns into less; all others by less than 1e-3.
  expect(distances.filter((distance) => distance >= 1e-3).length).toBeLessThanOrEqual(1);
  expect(Math.max(...distances)).toBeLessThan(2e-3);
  rmSync(folder, { recursive: true });
});

test("a gallery is exported to one file, forgotten, and brought back with the same vectors and answers", async ({ page }) => {
  test.setTimeout(120_000);
  const names = photoFiles().slice(0, 20);
  await openToSearch(page);
  await makeFolder(page, "holiday", Object.fromEntries(names.map((name) => [name, { file: join(PHOTOS, name) }])));
  await chooseFolder(page, "holiday");
  await imported(page);
  await search(page, "two people on a beach");
  // The last batch is searched a moment after the import's end.
  await expect(page.getByTestId("spent")).toContainText("of 20");
  const answer = await alts(page, 10);
  const before = await storedPhotos(page);
  await openLibrary(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export holiday to a file" }).click();
  const exported = await (await saving).path();
  expect((await saving).suggestedFilename()).toBe("holiday.dotlight.tar");

  // The file is a gallery that the command line reads.
  const folder = temporary();
  execFileSync("tar", ["-xf", exported, "-C", folder]);
  const found = await dotlight("search", folder, "two people on a beach", "--k", "10", "--json");
  expect(JSON.parse(found.stdout).hits.map(({ id }: { id: string }) => id.replace(/\.jpg$/, ""))).toEqual(answer);

  await page.getByRole("button", { name: "Forget holiday" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(page.locator(".gallery-name")).not.toHaveText("holiday");
  expect((await storedPhotos(page)).size).toBe(0);
  await openLibrary(page);
  await page.getByTestId("exported-input").setInputFiles(exported);
  await expect(page.locator(".gallery-name")).toHaveText("holiday");
  await ready(page);
  const after = await storedPhotos(page);
  for (const name of names) expect(after.get(name)!.vector).toEqual(before.get(name)!.vector);
  await search(page, "two people on a beach");
  expect(await alts(page, 10)).toEqual(answer);
  await openLibrary(page);
  const savingAgain = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export holiday to a file" }).click();
  expect(readFileSync(await (await savingAgain).path()).equals(readFileSync(exported))).toBe(true);

  // Its folder is chosen again: nothing is encoded.
  await page.keyboard.press("Escape");
  await pickerGives(page, "holiday");
  await page.getByText("choose the folder again").click();
  await page.getByRole("button", { name: "Choose a folder" }).click();
  expect(await imported(page)).toBe("20 unchanged.");
  rmSync(folder, { recursive: true });
});

test("a damaged export is refused, and nothing stays of it", async ({ page }) => {
  await openToSearch(page);
  await makeFolder(page, "holiday", { "a.jpg": { file: join(PHOTOS, photoFiles()[0]!) } });
  await chooseFolder(page, "holiday");
  await imported(page);
  await openLibrary(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export holiday to a file" }).click();
  const exported = readFileSync(await (await saving).path());
  const refused = async (buffer: Buffer, reason: RegExp) => {
    await page.getByTestId("exported-input").setInputFiles({ name: "damaged.tar", mimeType: "application/x-tar", buffer });
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText(reason);
  };
  await refused(exported.subarray(0, exported.length >> 1), /not a whole exported gallery: it ends in the middle/);
  await refused(Buffer.from("no archive at all"), /not a whole exported gallery/);
  const altered = Buffer.from(exported);
  const thumbnail = altered.indexOf("WEBP");
  altered[thumbnail + 20] = altered[thumbnail + 20]! ^ 1;
  await refused(altered, /thumbs\/000000\.webp is not the file it should be/);
  await expect(page.getByRole("list", { name: "All galleries" }).getByRole("listitem")).toHaveCount(2);
  expect((await storedPhotos(page)).size).toBe(1);
});
