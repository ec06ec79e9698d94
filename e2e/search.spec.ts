import { expect, test } from "@playwright/test";
import {
  COLOUR_WORDS,
  NOUNS,
  PLACE_NOUNS,
  PLACE_PHRASES,
  TIME_ADJECTIVES,
  TIME_NOUNS,
  TIME_PHRASES,
} from "../training/diorama/language/en/words.ts";
import { alts, field, openPage, openToSearch, painted, pictures, results, search } from "./support";

/** A caption that names the thing in that colour: "a small red wooden car", "two toy cars that are bright red". */
function thing(colour: keyof typeof COLOUR_WORDS, kind: keyof typeof NOUNS): RegExp {
  const nouns = `(${NOUNS[kind].flatMap(({ one, many }) => [one, many]).join("|")})`;
  const words = `(${COLOUR_WORDS[colour].join("|")})`;
  return new RegExp(`${words} ((plastic|metal|metallic|wooden|glass) )?${nouns}\\b|\\b${nouns} that (is|are) ${words}\\b`, "i");
}

const any = (phrases: readonly string[]) => new RegExp(phrases.join("|"), "i");
const place = (name: keyof typeof PLACE_PHRASES) => any([...PLACE_PHRASES[name], ...PLACE_NOUNS[name]]);
const time = (name: keyof typeof TIME_PHRASES) => any([...TIME_PHRASES[name], ...TIME_NOUNS[name], TIME_ADJECTIVES[name]]);

/** Twenty queries in words of our own, in six languages, each with what a right scene's caption says. */
const QUERIES: [string, RegExp[]][] = [
  ["a red car", [thing("red", "car")]],
  ["a yellow horse in the desert", [thing("yellow", "horse"), place("desert")]],
  ["purple boat in the kitchen", [thing("purple", "boat"), place("kitchen")]],
  ["white snowman in the city at night", [thing("white", "snowman"), place("city"), time("night")]],
  ["a green mushroom in the snow", [thing("green", "mushroom"), place("snow")]],
  ["blue bicycle", [thing("blue", "bicycle")]],
  ["orange puppies in the woods", [thing("orange", "dog"), place("forest")]],
  ["green chairs", [thing("green", "chair")]],
  ["five red rockets on the beach", [thing("red", "rocket"), place("beach")]],
  ["a steam engine, black, in the mountains", [thing("black", "train"), place("mountain")]],
  ["a pink birthday cake at the harbour", [thing("pink", "cake"), place("harbour")]],
  ["is there a purple elephant?", [thing("purple", "elephant")]],
  ["YELLOW DUCK", [thing("yellow", "duck")]],
  ["orange tent at night", [thing("orange", "tent"), time("night")]],
  ["three white rain clouds or an umbrella: a red umbrella", [thing("red", "umbrella")]],
  ["ein grüner Roboter am Hafen", [thing("green", "robot"), place("harbour")]],
  ["un moulin blanc", [thing("white", "windmill")]],
  ["hnědý tučňák", [thing("brown", "penguin")]],
  ["赤い灯台", [thing("red", "lighthouse")]],
  ["一盏蓝色的路灯", [thing("blue", "lamp")]],
];

test("twenty queries return a right scene among the first five", async ({ page }) => {
  await openToSearch(page);
  const missed: string[] = [];
  for (const [words, says] of QUERIES) {
    await search(page, words);
    const found = await alts(page, 5);
    if (!found.some((alt) => says.every((pattern) => pattern.test(alt)))) missed.push(`${words}: ${found.join(" | ")}`);
  }
  expect(missed).toEqual([]);
});

test("results come while typing, with the milliseconds of each step", async ({ page }) => {
  await openToSearch(page);
  await field(page).pressSequentially("a red car on the be", { delay: 20 });
  await painted(page);
  await expect(page.getByTestId("spent")).toContainText(/Best 48 of 1,000.*tokenize.*ms.*encode.*ms.*scan.*ms.*key to screen.*\d+ ms/s);
  await expect(pictures(page)).toHaveCount(48);
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("a red car on the be");
});

test("the last of many quick keystrokes wins", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a blue boat at the harbour");
  const alone = await alts(page, 10);
  await search(page, "white mushroom");
  await page.evaluate(() => performance.clearMeasures());
  await field(page).fill("");
  await field(page).pressSequentially("a blue boat at the harbour");
  await expect.poll(() => alts(page, 10)).toEqual(alone);
});

test("a query in the address is answered on arrival", async ({ page }) => {
  await openToSearch(page, "/?q=three+white+birds");
  await painted(page);
  await expect(field(page)).toHaveValue("three white birds");
  expect((await alts(page, 5)).join()).toMatch(/bird/i);
});

test("more are shown where the end is scrolled to", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a dog");
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.getByTestId("spent")).toContainText("Best 96 of 1,000");
});

test("an empty query shows the gallery and its examples", async ({ page }) => {
  await openToSearch(page);
  await expect(page.getByText("1,000 pictures, in the order of the gallery")).toBeVisible();
  const example = page.getByRole("list", { name: "Examples" }).getByRole("button").first();
  const words = (await example.textContent())!;
  await example.click();
  await painted(page);
  await expect(field(page)).toHaveValue(words);
  await field(page).press("Escape");
  await expect(field(page)).toHaveValue("");
  await expect(page.getByText("in the order of the gallery")).toBeVisible();
});

test("a query of signs alone is answered with words, and the next one works", async ({ page }) => {
  await openToSearch(page);
  await field(page).fill("🙂🙂 ?!");
  await expect(page.getByRole("alert")).toContainText("signs but no words");
  await expect(results(page).getByRole("listitem")).toHaveCount(0);
  await search(page, "a red car");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(48);
});

test("a huge query is cut, and the page says so", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a red car on the beach ".repeat(20_000));
  await expect(page.getByTestId("spent")).toContainText("only the query's beginning was read");
});

test("markup in a query stays text", async ({ page }) => {
  await openToSearch(page, `/?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
  await painted(page);
  await expect(field(page)).toHaveValue("<img src=x onerror=alert(1)>");
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});

test("after loading no request leaves the page", async ({ page }) => {
  await openPage(page);
  // The service worker fetches the page's own files once more, to keep them.
  await page.evaluate(() => navigator.serviceWorker.ready);
  const requests: string[] = [];
  page.on("request", (request) => {
    // Pictures come from memory, by addresses that only this page has.
    if (!request.url().startsWith("blob:")) requests.push(request.url());
  });
  for (const words of ["a red car", "two dogs", "night"]) await search(page, words);
  await results(page).getByRole("button").first().click();
  await page.getByRole("button", { name: "Find its captions" }).click();
  await expect(page.getByRole("list", { name: "Matching captions" }).getByRole("listitem")).toHaveCount(10);
  // Captions are fetched when they are first asked for: from the gallery, whatever the question was.
  expect(requests.filter((url) => !url.includes("/galleries/diorama/captions/"))).toEqual([]);
});
