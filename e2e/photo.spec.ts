import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { alts, field, GALLERY, openToSearch, pictures, results, search } from "./support";

const large = (page: Page) => page.getByRole("dialog").locator(".photo-picture").getByRole("img");

test("a picture opens large, with its captions, rank and score; the arrows lead on", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a red car on the beach");
  const [first, second] = await alts(page, 2);
  await results(page).getByRole("button").first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/1 of 1000.*dot score/s);
  await expect(dialog.getByRole("region", { name: "Captions" }).getByRole("listitem")).toHaveCount(5);
  await expect(large(page)).toHaveAttribute("alt", first!);
  await page.keyboard.press("ArrowRight");
  await expect(large(page)).toHaveAttribute("alt", second!);
  await page.keyboard.press("ArrowLeft");
  await expect(large(page)).toHaveAttribute("alt", first!);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(results(page).getByRole("button").first()).toBeFocused();
});

test("a picture is enlarged by keys, wheel and double click, and moved", async ({ page }) => {
  await openToSearch(page);
  await results(page).getByRole("button").first().click();
  const picture = large(page);
  const frame = page.locator(".zoomable");
  const width = async () => (await picture.boundingBox())!.width;
  const whole = await width();
  await page.keyboard.press("+");
  await expect.poll(width).toBeCloseTo(1.5 * whole, 0);
  const left = (await picture.boundingBox())!.x;
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await picture.boundingBox())!.x).toBeCloseTo(left - 80, 0);
  await page.keyboard.press("-");
  await expect.poll(width).toBeCloseTo(whole, 0);
  await frame.dblclick();
  await expect.poll(width).toBeCloseTo(2.5 * whole, 0);
  await frame.dblclick();
  await expect.poll(width).toBeCloseTo(whole, 0);
  await frame.hover();
  await page.mouse.wheel(0, -200);
  await expect.poll(width).toBeGreaterThan(1.3 * whole);
  // The next picture is whole again.
  const alt = await picture.getAttribute("alt");
  await page.keyboard.press("0");
  await page.keyboard.press("ArrowRight");
  await expect(picture).not.toHaveAttribute("alt", alt!);
  await expect.poll(width).toBeCloseTo(whole, 0);
});

/** Where the heat map is brightest, as shares of its width and height. */
const brightest = (page: Page) =>
  page.getByTestId("heat").evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    let [least, at] = [256, 0];
    for (let i = 0; i < width * height; i++) if (data[4 * i + 3]! < least) [least, at] = [data[4 * i + 3]!, i];
    return [(at % width) / width, Math.floor(at / width) / height] as const;
  });

test("why a photo was found: which words mattered, and where each looks", async ({ page }) => {
  await openToSearch(page);
  await search(page, "An orange tree left of three yellow metal horses");
  const tile = results(page).getByRole("button").first();
  await expect(tile.getByRole("img")).toHaveAttribute("alt", /orange tree left of three bright yellow metal horses/);
  await tile.click();
  await page.getByRole("button", { name: "Why this photo?" }).click();
  const why = page.getByRole("region", { name: "Why this photo" });
  const word = (name: string) => why.getByRole("button", { name, exact: true });
  await expect(why).toContainText(/matches.*% likely/s);
  await expect(page.getByTestId("heat")).toBeVisible();
  await word("tree").click();
  await expect(word("tree")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => (await brightest(page))[0]).toBeLessThan(0.5);
  await word("horses").click();
  await expect.poll(async () => (await brightest(page))[0]).toBeGreaterThan(0.4);
  // "of" says nothing; what the horses are called says much.
  const share = async (name: string) => Number.parseFloat((await word(name).locator(".gain").getAttribute("style"))!.split(":")[1]!);
  expect(await share("horses")).toBeGreaterThan(2 * (await share("of")));
  // It stays open from photo to photo.
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("dialog")).toContainText(/2\s*of 1000/);
  await expect(page.getByTestId("heat")).toBeVisible();
});

test("a photo's like are shown beside it, and lead on and back", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a blue boat");
  await results(page).getByRole("button").first().click();
  const similar = page.getByRole("region", { name: "Similar pictures" }).getByRole("button");
  await expect(similar).toHaveCount(8);
  const [own, like, next] = [
    await large(page).getAttribute("alt"),
    await similar.nth(2).getByRole("img").getAttribute("alt"),
    await similar.nth(3).getByRole("img").getAttribute("alt"),
  ];
  expect([like, next]).not.toContain(own);
  await similar.nth(2).click();
  await expect(large(page)).toHaveAttribute("alt", like!);
  await page.keyboard.press("ArrowRight");
  await expect(large(page)).toHaveAttribute("alt", next!);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(large(page)).toHaveAttribute("alt", own!);
});

test("the whole page works by keyboard", async ({ page }) => {
  await openToSearch(page);
  await page.locator("body").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await search(page, "a blue boat");
  const tiles = results(page).getByRole("button");
  await page.keyboard.press("ArrowDown");
  await expect(tiles.nth(0)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(tiles.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(tiles.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  // The last so far: the answer goes on where its end is looked at.
  const place = () => page.evaluate(() => Number(document.activeElement!.parentElement!.dataset.place));
  await expect.poll(place).toBeGreaterThanOrEqual(47);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowUp");
  await expect(field(page)).toBeFocused();
});

test("a picture of the gallery finds its captions", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a yellow horse on the beach");
  await results(page).getByRole("button").first().click();
  await page.getByRole("button", { name: "Find its captions" }).click();
  const captions = page.getByRole("list", { name: "Matching captions" });
  await expect(captions.getByRole("listitem")).toHaveCount(10);
  await captions.getByRole("button").first().click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(field(page)).not.toHaveValue("a yellow horse on the beach");
});

test("a picture of one's own finds captions, and stays in the tab", async ({ page, baseURL }) => {
  await openToSearch(page);
  const [alt] = await alts(page, 1);
  const posted: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && posted.push(request.url()));
  await page.locator('input[type="file"]').setInputFiles(join(GALLERY, "thumbs/000000.webp"));
  const captions = page.getByRole("list", { name: "Matching captions" });
  await expect(captions.getByRole("listitem")).toHaveCount(10);
  // The gallery's first picture: one of the ten is its own or says the same thing of the same kinds.
  const kinds = alt!.match(/car|dog|puppy|house|cottage|boat|tree|horse|pony|ball|bench|bicycle|bike|bird|mushroom|toadstool|lamp/i)![0];
  expect((await captions.allTextContents()).join()).toMatch(new RegExp(kinds, "i"));
  expect(posted).toEqual([]);
  expect(page.url()).toContain(baseURL!);
  await page.getByRole("button", { name: "Back to the pictures" }).click();
  await expect(pictures(page)).toHaveCount(48);
});

test("a file that is no picture is refused with advice", async ({ page }) => {
  await openToSearch(page);
  await page.locator('input[type="file"]').setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByRole("alert")).toContainText("not a picture that the browser can read");
});

test("a phone sees everything without sideways scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openToSearch(page);
  await search(page, "a red car on the beach");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await results(page).getByRole("button").first().click();
  const box = await page.getByRole("dialog").boundingBox();
  expect([box!.x, box!.width]).toEqual([0, 390]);
});

test("light and dark follow the system until somebody chooses, and the choice stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openToSearch(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe("rgb(20, 21, 26)");
  await page.getByRole("button", { name: "Light colours" }).click();
  expect(await ground()).toBe("rgb(250, 248, 244)");
  await page.reload();
  expect(await ground()).toBe("rgb(250, 248, 244)");
});
