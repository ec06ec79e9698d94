import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { chooseFolder, imported, libraryRows, makeFolder, removeFile } from "./library-support";
import { canvas, drawn, map, pixels, view } from "./map-support";
import { GALLERY, openToSearch, results, search } from "./support";

const thumbnail = (number: number) => ({ file: join(GALLERY, `thumbs/${String(number).padStart(6, "0")}.webp`) });

/** A gallery of 22 photos in two folders, of which the second has five. */
async function makeOwn(page: Page): Promise<void> {
  await openToSearch(page);
  const path = (i: number) => `${i < 17 ? "many" : "few"}/${i}.webp`;
  await makeFolder(page, "mine", Object.fromEntries(Array.from({ length: 22 }, (_, i) => [path(i), thumbnail(i)])));
  await chooseFolder(page, "mine");
  expect(await imported(page)).toBe("22 photos encoded.");
}

/** Of how many photos the stored map is. */
const mapped = async (page: Page): Promise<number | undefined> =>
  (await libraryRows(page, ["maps"])).maps[0]?.value.positions.length / 2 || undefined;
const workers = (page: Page) => page.workers().filter((worker) => /\/map-[^/]*\.js/.test(worker.url())).length;

test("own photos get a map when it is looked for first; it is kept, filters light what they keep, and other photos make another", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await makeOwn(page);
  expect(await mapped(page)).toBeUndefined();
  await view(page, "Map").check();
  await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
  await drawn(page);
  expect(await mapped(page)).toBe(22);
  // What made it is not needed any longer.
  await expect.poll(() => workers(page)).toBe(0);

  const before = await pixels(page);
  await page.getByLabel("Folder", { exact: true }).selectOption("few");
  await expect.poll(async () => (await pixels(page)).vivid).toBeLessThan(0.6 * before.vivid);
  // Nothing was asked, so nothing matches.
  expect((await pixels(page)).accent).toBeLessThan(before.accent + 100);
  expect((await pixels(page)).vivid).toBeGreaterThan(0.1 * before.vivid);
  await page.getByRole("button", { name: "5 photos left: show all again" }).click();
  await expect.poll(async () => (await pixels(page)).vivid).toBeGreaterThan(0.9 * before.vivid);
  await search(page, "a red car");
  await map(page).focus();
  await page.keyboard.press("PageDown");
  await expect(page.getByTestId("map-told")).toHaveText(/^Place \d+ of what was found/);

  let made = 0;
  page.on("worker", (worker) => {
    if (/\/map-[^/]*\.js/.test(worker.url())) made++;
  });
  await page.reload();
  expect(await imported(page)).toBe("22 unchanged.");
  await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
  expect(made).toBe(0);

  await removeFile(page, "mine", "many/0.webp");
  await makeFolder(page, "mine", { "few/new.webp": thumbnail(30), "few/other.webp": thumbnail(31) });
  await page.reload();
  expect(await imported(page)).toBe("2 photos encoded, 1 photo removed, 21 unchanged.");
  await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => mapped(page)).toBe(23);
});

test.describe("while nothing of the page is kept", () => {
  test.use({ serviceWorkers: "block" });

  test("the making of a map can be called off, and begun again", async ({ page }) => {
    test.setTimeout(120_000);
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route(/\/assets\/map-/, async (route) => {
      await held;
      await route.continue();
    });
    await makeOwn(page);
    await view(page, "Map").check();
    await expect(page.getByText("Laying out 22 photos so that those that are alike lie close together …")).toBeVisible();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(page.getByText("The map was not made.")).toBeVisible();
    await view(page, "Grid").check();
    await expect(results(page).getByRole("img")).toHaveCount(22);
    release();
    await view(page, "Map").check();
    await expect(canvas(page)).toBeVisible({ timeout: 30_000 });
    expect(await mapped(page)).toBe(22);
  });
});
