import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { chooseFolder, filesOnDisk, imported, makeFolder, openLibrary } from "./library-support";
import { field, openPage, openToSearch, pictures, ROOT, results, search } from "./support";

/** What axe finds serious or critical, in the light and in the dark, each with the elements that it is found in; photos' own colours lie under no text of ours. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // What fades in has its colours when it is there.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      found.push(...nodes.map(({ target, failureSummary }) => `${colorScheme}: ${id}: ${target.join(" ")}: ${failureSummary}`));
    }
  }
  return found;
}

test("axe finds no serious fault in searching, a photo, the galleries and problems", async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page);
  expect(await faults(page), "the start").toEqual([]);
  await search(page, "a red car");
  await expect(pictures(page).first()).toBeVisible();
  expect(await faults(page), "the results").toEqual([]);
  await page.getByRole("switch", { name: "Re-rank" }).click();
  await expect(page.locator(".step.rerank").getByText(/\d+ ms/)).toBeVisible({ timeout: 30_000 });
  expect(await faults(page), "re-ranked").toEqual([]);
  await results(page).getByRole("button").first().click();
  await page.getByRole("button", { name: "Find its captions" }).click();
  await expect(page.getByRole("list", { name: "Matching captions" })).toBeVisible();
  expect(await faults(page), "a photo").toEqual([]);
  await page.keyboard.press("Escape");
  await openLibrary(page);
  await expect(page.getByRole("dialog", { name: "Galleries" })).toBeVisible();
  expect(await faults(page), "the galleries").toEqual([]);
  await page.keyboard.press("Escape");
  await page.locator('.search input[type="file"]').setInputFiles(join(ROOT, "public/galleries/diorama/thumbs/000002.webp"));
  await expect(page.getByRole("list", { name: "Matching captions" })).toBeVisible();
  expect(await faults(page), "the captions of a picture").toEqual([]);
  await field(page).fill("?!");
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await faults(page), "a problem").toEqual([]);
});

test("axe finds no serious fault in own photos", async ({ page }) => {
  test.setTimeout(120_000);
  const thumb = (number: number) => ({ file: join(ROOT, `public/galleries/diorama/thumbs/00000${number}.webp`) });
  await openToSearch(page);
  await makeFolder(page, "mine", {
    "2022/a.webp": thumb(1),
    "2023/b.webp": thumb(2),
    ...filesOnDisk({ "bad.jpg": Buffer.from("no picture") }),
  });
  await chooseFolder(page, "mine");
  await imported(page);
  await page.getByText("1 file could not be read").click();
  await expect(results(page).getByRole("listitem")).toHaveCount(2);
  expect(await faults(page), "what an import did").toEqual([]);
  await page.getByRole("button", { name: "Select photos" }).click();
  await results(page).getByRole("checkbox").first().click();
  expect(await faults(page), "a selection").toEqual([]);
  await page.keyboard.press("Escape");
  await results(page).getByRole("button").first().click();
  await expect(page.getByRole("button", { name: "Open the original" })).toBeVisible();
  expect(await faults(page), "a photo").toEqual([]);
  await page.keyboard.press("Escape");
  await openLibrary(page);
  await page.getByRole("button", { name: "Rename mine" }).click();
  expect(await faults(page), "a new name").toEqual([]);
});

test("axe finds no serious fault in the Lab", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto("/?lab&sample=10&m=10&full=0");
  await expect(page.locator("[data-state=ready]")).toBeVisible({ timeout: 50_000 });
  expect(await faults(page), "before").toEqual([]);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.locator("[data-state=finished]")).toBeVisible({ timeout: 180_000 });
  expect(await faults(page), "afterwards").toEqual([]);
  await page.getByText("Measure your own").click();
  await page.getByLabel("Files to measure").setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await faults(page), "a problem").toEqual([]);
});
