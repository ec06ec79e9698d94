import { rmSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { manyPhotos } from "./grid-support";
import { alts, field, type Host, openToSearch, pictures, results, search, serve, temporary } from "./support";

const PHOTOS = 20_000;
let folder: string;
let host: Host;

test.beforeAll(async () => {
  folder = temporary();
  await manyPhotos(folder, PHOTOS);
  host = await serve(folder);
});
test.afterAll(() => {
  host.stop();
  rmSync(folder, { recursive: true });
});

const open = (page: Page, baseURL: string | undefined) => openToSearch(page, `${baseURL}/?gallery=${encodeURIComponent(`${host.url}/`)}`);
const tiles = (page: Page) => results(page).locator("[data-place]");
/** The photo that the middle of the window shows, when it has been read. */
const middle = (page: Page) =>
  page.evaluate(() => {
    const tiles = [...document.querySelectorAll(".results .tile")];
    return tiles.find((tile) => tile.getBoundingClientRect().bottom > innerHeight / 2)?.querySelector("img")?.alt;
  });
const columns = (page: Page) => results(page).evaluate((list) => getComputedStyle(list).gridTemplateColumns.split(" ").length);
const number = async (page: Page) => Number((await middle(page))?.slice("photo ".length) ?? Number.NaN);

test("a large gallery is scrolled from end to end with only what is seen in the document", async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/items/") && asked.push(request.url()));
  await open(page, baseURL);
  await expect(page.getByText("20,000 pictures, in the order of the gallery")).toBeVisible();
  await expect.poll(() => number(page)).toBeLessThan(30);
  for (const part of [0.25, 0.5, 0.75]) {
    await page.evaluate((to) => scrollTo(0, to * document.documentElement.scrollHeight), part);
    await expect.poll(async () => Math.abs((await number(page)) / PHOTOS - part)).toBeLessThan(0.01);
    expect(await tiles(page).count()).toBeLessThan(150);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(results(page).getByRole("button", { name: `photo ${PHOTOS - 1}`, exact: true })).toBeVisible();
  // Fragments of 250 photos: where nobody looked nothing was read.
  expect(new Set(asked).size).toBeLessThan(20);
});

test("keys lead through the whole grid, and what is focused is seen and read out with its place", async ({ page, baseURL }) => {
  await open(page, baseURL);
  await expect(pictures(page).first()).toBeVisible();
  await field(page).press("ArrowDown");
  const focused = page.locator(".tile:focus");
  const at = async () => Number(await focused.locator("..").getAttribute("data-place"));
  await expect(focused).toHaveAccessibleName("photo 0");
  await expect(focused.locator("..")).toHaveAttribute("aria-setsize", String(PHOTOS));
  await page.keyboard.press("ArrowDown");
  const columns = await at();
  for (let turn = 0; turn < 30; turn++) await page.keyboard.press("PageDown");
  expect(await at()).toBeGreaterThan(60 * columns);
  expect((await at()) % columns).toBe(0);
  await expect(focused).toBeInViewport();
  await page.keyboard.press("End");
  await expect(focused).toHaveAccessibleName(`photo ${PHOTOS - 1}`);
  await expect(focused).toBeInViewport();
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveAccessibleName(`photo ${PHOTOS - 2}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("img", { name: `photo ${PHOTOS - 2}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await expect(focused).toHaveAccessibleName("photo 0");
  await page.keyboard.press("ArrowUp");
  await expect(field(page)).toBeFocused();
});

test("a window of another width keeps the photo at the top where it is", async ({ page, baseURL }) => {
  await open(page, baseURL);
  await expect(pictures(page).first()).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0.5 * document.documentElement.scrollHeight));
  await expect.poll(async () => Math.abs((await number(page)) / PHOTOS - 0.5)).toBeLessThan(0.01);
  const before = await columns(page);
  await page.setViewportSize({ width: 800, height: 720 });
  await expect.poll(() => columns(page)).toBeLessThan(before);
  await expect.poll(async () => Math.abs((await number(page)) / PHOTOS - 0.5)).toBeLessThan(0.01);
});

test("another size is kept for the next visit", async ({ page, baseURL }) => {
  await open(page, baseURL);
  await expect(pictures(page).first()).toBeVisible();
  const before = await columns(page);
  await page.getByRole("radio", { name: "small" }).check();
  await expect.poll(() => columns(page)).toBeGreaterThan(before);
  const small = await columns(page);
  await page.reload();
  await expect(pictures(page).first()).toBeVisible();
  expect(await columns(page)).toBe(small);
});

test("an answer goes on where it is scrolled to its end, and another question begins at its top", async ({ page, baseURL }) => {
  await open(page, baseURL);
  await search(page, "a red car");
  await expect(page.getByTestId("spent")).toContainText("Best 48 of 20,000");
  const first = await alts(page, 10);
  for (const more of ["96", "192", "384"]) {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.getByTestId("spent")).toContainText(`Best ${more} of 20,000`);
  }
  await search(page, "a blue boat");
  await expect(page.getByTestId("spent")).toContainText(/Best (48|96) of 20,000/);
  await expect.poll(() => page.evaluate(() => document.querySelector(".grid")!.getBoundingClientRect().top)).toBeGreaterThan(0);
  await search(page, "a red car");
  expect(await alts(page, 10)).toEqual(first);
});
