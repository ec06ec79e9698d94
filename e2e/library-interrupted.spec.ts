import { cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, type Page, test, type Worker } from "@playwright/test";
import { chooseFolder, drop, firstWritten, imported, makeFolder, storedPhotos, withoutHandles } from "./library-support";
import { openToSearch, ROOT, results, temporary } from "./support";

const thumb = (number: number) => join(ROOT, `public/galleries/diorama/thumbs/${String(number).padStart(6, "0")}.webp`);
const some = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.webp`, { file: thumb(i) }]));
const indexWorker = (page: Page): Worker => page.workers().find((worker) => /\/index-[^/]*\.js/.test(worker.url()))!;

test("an import whose worker ends without a word is noticed, and goes on from what was written", async ({ page }) => {
  test.setTimeout(120_000);
  await openToSearch(page);
  await makeFolder(page, "many", some(80));
  await chooseFolder(page, "many");
  await firstWritten(page, "many");
  // As the browser ends a worker that has used up its memory: no error, no message.
  indexWorker(page)
    .evaluate(() => self.close())
    .catch(() => undefined);
  await expect(page.getByRole("alert")).toContainText("The browser ended the work on your photos");
  const before = await storedPhotos(page);
  expect(before.size).toBeGreaterThan(0);
  expect(before.size).toBeLessThan(80);
  await page.getByRole("button", { name: "Try again" }).click();
  expect(await imported(page)).toBe(`${80 - before.size} photos encoded, ${before.size} unchanged.`);
  const after = await storedPhotos(page);
  expect(after.size).toBe(80);
  for (const [path, photo] of before) expect(after.get(path)).toEqual(photo);
});

test("a folder that the browser may not read any more is named in the middle, and nothing is lost", async ({ page }) => {
  test.setTimeout(120_000);
  await openToSearch(page);
  await makeFolder(page, "disk", some(160));
  await chooseFolder(page, "disk");
  await firstWritten(page, "disk");
  // What a revoked permission makes of the handles; those of a folder made for a test have no permission to revoke.
  await indexWorker(page).evaluate(() => {
    const refuse = () => Promise.reject(new DOMException("The request is not allowed.", "NotAllowedError"));
    Object.assign(FileSystemFileHandle.prototype, { getFile: refuse });
    Object.assign(FileSystemDirectoryHandle.prototype, { entries: () => ({ next: refuse }) });
  });
  await expect(page.getByRole("alert")).toContainText('The browser may not read the folder "disk" any more');
  const before = await storedPhotos(page);
  expect(before.size).toBeLessThan(160);
  await page.getByRole("button", { name: "Try again" }).click();
  expect(await imported(page)).toContain(`${160 - before.size} photos encoded`);
  const after = await storedPhotos(page);
  expect(after.size).toBe(160);
  for (const [path, photo] of before) expect(after.get(path)).toEqual(photo);
});

for (const handles of [true, false]) {
  test(`a folder is dropped onto the page${handles ? "" : ", in a browser that gives out no handles"}`, async ({ page }) => {
    test.setTimeout(120_000);
    if (!handles) await withoutHandles(page);
    const folder = join(temporary(), "dropped photos");
    mkdirSync(join(folder, "below/deeper"), { recursive: true });
    for (const [i, path] of ["a.webp", "below/b.webp", "below/deeper/c.webp"].entries()) cpSync(thumb(i), join(folder, path));
    await openToSearch(page);
    await drop(page, folder);
    expect(await imported(page)).toBe("3 photos encoded.");
    await expect(page.locator(".gallery-name")).toHaveText(basename(folder));
    await expect(results(page).getByRole("listitem")).toHaveCount(3);
    expect([...(await storedPhotos(page)).keys()].sort()).toEqual(["a.webp", "below/b.webp", "below/deeper/c.webp"]);
    rmSync(folder, { recursive: true });
  });
}
