import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { chooseFolder, imported, makeFolder, removeFile } from "./library-support";
import { alts, field, openToSearch, painted, pictures, ROOT, results, search } from "./support";

const chips = (page: Page) => page.getByRole("list", { name: "Parts of the query" });
const chip = (page: Page, name: RegExp | string) => chips(page).getByRole("button", { name });
const q = (page: Page) => new URL(page.url()).searchParams.get("q");
const AT_NIGHT = /\b(night|night-time|moonlight|stars|after dark)\b/i;

/** How many of the first k pictures are of the night, by their captions. */
const dark = async (page: Page, k = 10) => (await alts(page, k)).filter((alt) => AT_NIGHT.test(alt)).length;

test("words to leave out, a phrase of its own and a weight, typed; each is a chip that is taken away, weighed and edited by keys", async ({
  page,
}) => {
  await openToSearch(page);
  await search(page, "castle");
  await expect(chips(page)).toHaveCount(0);
  const before = await dark(page);
  expect(before).toBeGreaterThan(0);
  await search(page, "castle -night");
  expect(await dark(page)).toBeLessThan(before);
  await search(page, "castle -night^2");
  expect(await dark(page)).toBe(0);
  await search(page, "castle -night");
  await expect(chips(page).getByRole("listitem")).toHaveText(["castle", "night"]);
  await search(page, 'castle -night "in the snow"^2');
  await expect(chip(page, "in the snow: looked for, 2 times. Edit")).toBeVisible();
  await expect(page.getByTestId("spent")).toContainText("exact");

  await chip(page, /^night: left out/).focus();
  await page.keyboard.press("+");
  await expect(field(page)).toHaveValue('castle -night^1.5 "in the snow"^2');
  await page.keyboard.press("ArrowRight");
  await expect(chip(page, /^in the snow/)).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(field(page)).toHaveValue("castle -night^1.5");
  await expect(chip(page, /^night: left out, 1.5 times/)).toBeFocused();

  await page.keyboard.press("Enter");
  const words = page.getByRole("textbox", { name: "Words" });
  await expect(words).toBeFocused();
  await words.fill("deep snow ");
  await expect(field(page)).toHaveValue('castle -"deep snow"^1.5');
  await page.getByRole("radio", { name: "Look for" }).press("Space");
  await page.getByRole("slider").press("ArrowLeft");
  await expect(field(page)).toHaveValue('castle "deep snow"');
  await page.keyboard.press("Escape");
  await expect(words).toHaveCount(0);
  await expect(chip(page, /^deep snow: looked for/)).toBeFocused();
  await page.getByRole("button", { name: "Remove deep snow" }).click();
  await expect(field(page)).toHaveValue("castle");
  await expect(chips(page)).toHaveCount(0);
});

test("parts are added by pressing: and, without", async ({ page }) => {
  await openToSearch(page);
  await search(page, "castle");
  const before = await dark(page);
  await page.getByRole("button", { name: "without …" }).click();
  await page.keyboard.type("night");
  await expect(field(page)).toHaveValue("castle -night");
  await expect.poll(() => dark(page)).toBeLessThan(before);
  await page.keyboard.press("Enter");
  await expect(chip(page, /^night: left out/)).toBeFocused();
  await page.getByRole("button", { name: "and …" }).click();
  await page.keyboard.type("two trees");
  await expect(field(page)).toHaveValue('castle -night "two trees"');
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(field(page)).toHaveValue("castle -night");
  // What was begun without words leaves nothing behind.
  await page.getByRole("button", { name: "and …" }).click();
  await page.mouse.click(5, 5);
  await expect(page.getByRole("textbox", { name: "Words" })).toHaveCount(0);
  await expect(field(page)).toHaveValue("castle -night");
});

test("this photo, but at night: by keys alone; shared by its address, back after a reload and by going back", async ({ page }) => {
  await openToSearch(page);
  await search(page, "castle by day");
  await field(page).press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "This, but …" }).press("Enter");
  await expect(field(page)).toBeFocused();
  await expect(chips(page).getByRole("listitem")).toHaveText(["like this photo"]);
  await page.keyboard.type("at night");
  await expect.poll(() => dark(page)).toBeGreaterThan(7);
  expect((await alts(page, 10)).join()).toMatch(/castle/i);
  const found = await alts(page, 10);
  await expect.poll(() => q(page)).toMatch(/^like:images\/\d{6}\.jpg at night$/);

  await page.reload();
  await painted(page);
  await expect(field(page)).toHaveValue("at night");
  await expect(chips(page).locator("img")).toHaveCount(1);
  await expect.poll(() => alts(page, 10)).toEqual(found);
  await page.goBack();
  await expect(field(page)).toHaveValue("castle by day");
  await expect(chips(page)).toHaveCount(0);
  await page.goForward();
  await expect.poll(() => alts(page, 10)).toEqual(found);

  await field(page).press("Escape");
  await field(page).press("Backspace");
  await expect(chip(page, /^like this photo/)).toBeFocused();
  await page.keyboard.press("Backspace");
  await expect(field(page)).toBeFocused();
  await expect(page.getByText("in the order of the gallery")).toBeVisible();
});

test("towards a photo and away from it", async ({ page }) => {
  await openToSearch(page);
  await search(page, "castle");
  const first = pictures(page).first();
  const alt = (await first.getAttribute("alt"))!;
  await first.click();
  await page.getByRole("button", { name: "Less like this" }).click();
  await expect(chips(page).getByRole("listitem")).toHaveText(["unlike this photo", "castle"]);
  await expect.poll(() => alts(page, 10)).not.toContain(alt);
  await expect.poll(() => q(page)).toMatch(/^-like:images\/\d{6}\.jpg castle$/);
  await chip(page, /^unlike this photo: left out/).click();
  await page.getByRole("radio", { name: "Look for" }).press("Space");
  await page.getByRole("button", { name: "Done" }).click();
  await expect.poll(() => alts(page, 3)).toContain(alt);
  await results(page).getByRole("button").nth(3).click();
  await page.getByRole("button", { name: "More like this" }).click();
  await expect(chips(page).getByRole("listitem")).toHaveText(["like this photo", "like this photo", "castle"]);
});

test("what cannot be asked is explained, and what is malformed is words", async ({ page }) => {
  await openToSearch(page, "/?q=dog+-dog");
  await expect(page.getByRole("alert")).toContainText("looks for “dog” and leaves it out at once");
  await page.getByRole("button", { name: "Remove dog" }).last().click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(48);

  await openToSearch(page, "/?q=like:images/gone.jpg+at+night");
  await expect(page.getByRole("alert")).toContainText('There is no photo "images/gone.jpg" here');
  await chip(page, /^like this photo/).press("Delete");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(field(page)).toHaveValue("at night");

  for (const odd of ['%E0%A4%A&rerank="&device=7&q=x', "like:+-^9+%22", '"at night']) {
    await openToSearch(page, `/?q=${odd}`);
    await painted(page);
    await expect(pictures(page)).toHaveCount(48);
  }
  await search(page, 'car -snow "a <b>page</b>" '.repeat(3_000));
  await expect(page.getByTestId("spent")).toContainText("only the query's beginning was read");
  await expect(chips(page).getByRole("listitem")).toHaveCount(12);
  expect(await page.locator("main b", { hasText: "page" }).count()).toBe(0);
});

test("words to leave out are left out by re-ranking too", async ({ page }) => {
  await openToSearch(page, "/?q=castle+-night&rerank=1");
  await expect(page.locator(".step.rerank").getByText(/\d+ ms/)).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => dark(page)).toBe(0);
  expect((await alts(page, 10)).join()).toMatch(/castle/i);
});

test("a picture of one's own, changed by words, and a photo that was removed while it was the query", async ({ page }) => {
  test.setTimeout(90_000);
  await openToSearch(page);
  const thumb = (number: number) => join(ROOT, `public/galleries/diorama/thumbs/00000${number}.webp`);
  const names = ["a", "b", "c", "d", "e"];
  await makeFolder(page, "mine", Object.fromEntries(names.map((name, i) => [`${name}.webp`, { file: thumb(i) }])));
  await chooseFolder(page, "mine");
  await imported(page);
  await page.locator('.search input[type="file"]').setInputFiles(thumb(7));
  await expect(page.getByText("Your picture stays in this tab.")).toBeVisible();
  await field(page).fill("at night");
  await expect(chips(page).getByRole("listitem")).toHaveText(["like your picture", "at night"]);
  await expect(results(page).getByRole("listitem")).toHaveCount(5);
  await expect.poll(() => q(page)).toBe("at night");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await results(page).getByRole("button", { name: "b", exact: true }).click();
  await page.getByRole("button", { name: "Find similar pictures" }).click();
  await expect(chips(page).locator("img")).toHaveCount(1);
  await removeFile(page, "mine", "b.webp");
  await page.getByRole("button", { name: "Look for changes" }).click();
  await expect(page.getByRole("alert")).toContainText('There is no photo "b.webp" here');
  await page.getByRole("button", { name: "Remove like this photo" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(results(page).getByRole("listitem")).toHaveCount(4);
});

test("axe finds nothing in chips and their editor, on a telephone in the light and in the dark", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openToSearch(page, `/?q=${encodeURIComponent('like:images/000000.jpg car -snow "at night"^2')}`);
  await painted(page);
  await chip(page, /^snow/).click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
    const { violations } = await new AxeBuilder({ page }).include("main").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  }
  // Nothing is wider than the screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
