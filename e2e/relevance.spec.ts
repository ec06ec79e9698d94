import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { dotlight, field, GALLERY, galleryCopy, openToSearch, pictures, results, search, serve } from "./support";

const MATCHES = "a red car";
const NOTHING = "two zebras play chess on the moon";
const line = (page: Page) => results(page).getByText("Less likely");
const nothing = (page: Page) => page.getByText("Nothing here matches.");
/** The probabilities that the tiles show when one points at them, in percent. */
const likely = (page: Page) =>
  results(page)
    .locator(".score")
    .evaluateAll((all) => all.map(({ textContent }) => Number(/(\d+) %/.exec(textContent!)![1])));
/** Pictures before the line. */
const before = (page: Page) =>
  line(page).evaluate((one) => {
    const item = one.closest("li")!;
    return [...item.parentElement!.children].indexOf(item);
  });

test("the matches end at a line, and what is below it is less likely", async ({ page }) => {
  await openToSearch(page);
  await search(page, MATCHES);
  await expect(line(page)).toBeVisible();
  const found = await likely(page);
  const matches = await before(page);
  expect(found.length).toBeGreaterThan(matches);
  expect(found.slice(0, matches).filter((one) => one < 50).length).toBeLessThan(matches / 4);
  expect(found.slice(matches + 3).filter((one) => one > 50)).toEqual([]);
  // The match logit knows more: a car of another colour is no match, however much it looks like one.
  await page.getByRole("switch", { name: "Re-rank" }).click();
  await expect(page.locator(".step.rerank dd")).toHaveText(/\d+ ms/, { timeout: 20_000 });
  expect(await likely(page)).not.toEqual(found);
  await expect(line(page)).toBeVisible();
});

test("where nothing matches that is said, and what comes nearest is folded away", async ({ page }) => {
  await openToSearch(page);
  await search(page, NOTHING);
  await expect(page.getByRole("status").filter({ hasText: "Nothing here matches." })).toBeVisible();
  await expect(results(page)).toBeHidden();
  await page.getByRole("button", { name: "Show what comes nearest" }).click();
  await expect(results(page)).toBeVisible();
  expect(await pictures(page).filter({ visible: true }).count()).toBe(12);
  // Another question is another answer.
  await search(page, MATCHES);
  await expect(nothing(page)).toHaveCount(0);
  await expect(line(page)).toBeVisible();
  await field(page).fill("");
  await expect(line(page)).toHaveCount(0);
  await expect(pictures(page).first()).toBeVisible();
});

test("a gallery without a calibration is searched without a line", async ({ page, baseURL }) => {
  const folder = galleryCopy();
  const manifest = JSON.parse(readFileSync(join(folder, "gallery.json"), "utf8"));
  delete manifest.tables.calibration;
  writeFileSync(join(folder, "gallery.json"), JSON.stringify(manifest));
  const host = await serve(folder);
  try {
    await openToSearch(page, `${baseURL}/?gallery=${encodeURIComponent(`${host.url}/`)}`);
    for (const words of [NOTHING, MATCHES]) {
      await search(page, words);
      await expect(pictures(page).first()).toBeVisible();
      expect(await results(page).locator(".score").first().textContent()).not.toContain("%");
    }
    await expect(line(page)).toHaveCount(0);
    await expect(nothing(page)).toHaveCount(0);
    const refused = await dotlight("eval", folder, "--relevance");
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/has no calibration table.*\nIndex its photos again/s)]);
  } finally {
    host.stop();
  }
});

test("half the captions without a match are told from the others", async () => {
  const { relevance } = JSON.parse((await dotlight("eval", GALLERY, "--relevance", "--json")).stdout);
  expect(relevance.auroc).toBeGreaterThanOrEqual(0.95);
  expect(relevance.auroc).toBeGreaterThan(relevance.rawAuroc);
  expect(relevance.auroc).toBeGreaterThan(relevance.cosineAuroc + 0.1);
  expect(relevance.ece).toBeLessThanOrEqual(0.05);
  expect(relevance.pairs.captions).toBeGreaterThan(100);
});
