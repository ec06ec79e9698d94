import { expect, test } from "@playwright/test";
import { alts, field, openPage, painted, pictures, results, search } from "./support";

/** Ways in which captions name a thing. */
const KINDS: Record<string, string> = {
  car: "cars?",
  dog: "(dogs?|pupp(y|ies))",
  house: "(houses?|cottages?)",
  boat: "boats?",
  tree: "trees?",
  horse: "(horses?|pon(y|ies))",
  ball: "balls?",
  bench: "bench(es)?",
  bicycle: "(bicycles?|bikes?)",
  bird: "birds?",
  mushroom: "(mushrooms?|toadstools?)",
  lamp: "lamps?",
};
const PLACES: Record<string, RegExp> = {
  beach: /beach|seaside|sand/i,
  forest: /forest|wood/i,
  snow: /snow/i,
  harbour: /harbour|quay|docks/i,
};
const NIGHT = /night|dark|moonlight|stars/i;

/** A caption that names the thing in that colour: "a red car", "two toy cars that are bright red". */
function thing(colour: string, kind: string): RegExp {
  const word = colour === "purple" ? "(purple|violet)" : `(bright )?${colour}`;
  const noun = `(toy |sailing |street )?${KINDS[kind]}`;
  return new RegExp(`${word} ${noun}\\b|\\b${KINDS[kind]} that (is|are) ${word}\\b`, "i");
}

/** Twenty queries in words of our own, each with what a right scene's caption says. */
const QUERIES: [string, RegExp[]][] = [
  ["a red car", [thing("red", "car")]],
  ["a yellow horse on the beach", [thing("yellow", "horse"), PLACES.beach!]],
  ["purple boat at the harbour", [thing("purple", "boat"), PLACES.harbour!]],
  ["three white birds", [thing("white", "bird"), /three/i]],
  ["a green mushroom in the forest", [thing("green", "mushroom"), PLACES.forest!]],
  ["blue bicycle in the snow", [thing("blue", "bicycle"), PLACES.snow!]],
  ["an orange dog at night", [thing("orange", "dog"), NIGHT]],
  ["two black benches", [thing("black", "bench"), /two|pair/i]],
  ["a red house at the harbour at night", [thing("red", "house"), PLACES.harbour!, NIGHT]],
  ["white lamp in the snow by night", [thing("white", "lamp"), PLACES.snow!, NIGHT]],
  ["a purple tree on the beach", [thing("purple", "tree"), PLACES.beach!]],
  ["three orange balls", [thing("orange", "ball"), /three/i]],
  ["is there a black dog in the forest?", [thing("black", "dog"), PLACES.forest!]],
  ["blue bird beside a boat", [thing("blue", "bird"), /boat/i]],
  ["yellow toadstool in the woods", [thing("yellow", "mushroom"), PLACES.forest!]],
  ["GREEN CAR SNOW", [thing("green", "car"), PLACES.snow!]],
  ["a white sailing boat in the moonlight", [thing("white", "boat"), NIGHT]],
  ["two red horses", [thing("red", "horse"), /two|pair/i]],
  ["violet puppy", [thing("purple", "dog")]],
  ["orange cottage at the seaside", [thing("orange", "house"), PLACES.beach!]],
];

test("twenty queries return a right scene among the first five", async ({ page }) => {
  await openPage(page);
  const missed: string[] = [];
  for (const [words, says] of QUERIES) {
    await search(page, words);
    const found = await alts(page, 5);
    if (!found.some((alt) => says.every((pattern) => pattern.test(alt)))) missed.push(`${words}: ${found.join(" | ")}`);
  }
  expect(missed).toEqual([]);
});

test("results come while typing, with the milliseconds of each step", async ({ page }) => {
  await openPage(page);
  await field(page).pressSequentially("a red car on the be", { delay: 20 });
  await painted(page);
  await expect(page.getByTestId("spent")).toContainText(/Best 48 of 1,000.*tokenize.*ms.*encode.*ms.*scan.*ms.*key to screen.*\d+ ms/s);
  await expect(pictures(page)).toHaveCount(48);
  expect(new URL(page.url()).searchParams.get("q")).toBe("a red car on the be");
});

test("the last of many quick keystrokes wins", async ({ page }) => {
  await openPage(page);
  await search(page, "a blue boat at the harbour");
  const alone = await alts(page, 10);
  await search(page, "white mushroom");
  await page.evaluate(() => performance.clearMeasures());
  await field(page).fill("");
  await field(page).pressSequentially("a blue boat at the harbour");
  await expect.poll(() => alts(page, 10)).toEqual(alone);
});

test("a query in the address is answered on arrival", async ({ page }) => {
  await openPage(page, "/?q=three+white+birds");
  await painted(page);
  await expect(field(page)).toHaveValue("three white birds");
  expect((await alts(page, 5)).join()).toMatch(/birds/i);
});

test("more can be shown", async ({ page }) => {
  await openPage(page);
  await search(page, "a dog");
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(pictures(page)).toHaveCount(96);
});

test("an empty query shows the gallery and its examples", async ({ page }) => {
  await openPage(page);
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
  await openPage(page);
  await field(page).fill("🙂🙂 ?!");
  await expect(page.getByRole("alert")).toContainText("signs but no words");
  await expect(results(page).getByRole("listitem")).toHaveCount(0);
  await search(page, "a red car");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(48);
});

test("a huge query is cut, and the page says so", async ({ page }) => {
  await openPage(page);
  await search(page, "a red car on the beach ".repeat(20_000));
  await expect(page.getByTestId("spent")).toContainText("only the query's beginning was read");
});

test("markup in a query stays text", async ({ page }) => {
  await openPage(page, `/?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
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
