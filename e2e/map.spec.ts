import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { recordOf } from "../src/files/digest";
import { mapFile } from "../src/gallery/map";
import { manyPhotos } from "./grid-support";
import { canvas, drawn, map, pixels, view } from "./map-support";
import { field, galleryCopy, openToSearch, painted, plainHost, results, search, serve, temporary } from "./support";

const label = (page: Page) => page.locator(".map-label");
const told = (page: Page) => page.getByTestId("map-told");
const zoom = async (page: Page) => Number(await canvas(page).getAttribute("data-zoom"));
const dialog = (page: Page) => page.getByRole("dialog", { name: "Picture" });

async function openMap(page: Page, address = "/?view=map"): Promise<void> {
  await openToSearch(page, address);
  await expect(canvas(page)).toBeVisible();
  await drawn(page);
}

/** Points at places of the map, from its middle, until there is a photo. */
async function pointAtPhoto(page: Page): Promise<string> {
  const { x, y, width, height } = (await map(page).boundingBox())!;
  for (let far = 0; far < height / 2; far += 20) {
    await page.mouse.move(x + width / 2 + far, y + height / 2);
    if (await label(page).isVisible()) break;
  }
  return (await label(page).textContent())!.trim();
}

test("the map is opened, lights what is found, opens a photo, and is there again after a reload; going back leads to the grid", async ({
  page,
}) => {
  await openToSearch(page);
  await view(page, "Map").check();
  await expect(page).toHaveURL(/[?&]view=map/);
  await drawn(page);
  await expect(results(page)).toHaveCount(0);
  const before = await pixels(page);
  await search(page, "a red car");
  // What matches is marked, the others step back.
  await expect.poll(async () => (await pixels(page)).accent).toBeGreaterThan(before.accent + 100);
  await expect.poll(async () => (await pixels(page)).vivid).toBeLessThan(0.7 * before.vivid);
  await page.keyboard.press("Tab");
  await map(page).focus();
  await expect(told(page)).toHaveText(/^Place 1 of what was found: ./);
  await page.keyboard.press("PageDown");
  await expect(told(page)).toHaveText(/^Place 2 of what was found: ./);
  await page.keyboard.press("PageUp");
  await expect(told(page)).toHaveText(/^Place 1 of what was found: ./);
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toContainText("1 of 1000");
  await page.keyboard.press("Escape");
  await expect(map(page)).toBeFocused();
  await page.reload();
  await painted(page);
  await expect(canvas(page)).toBeVisible();
  await expect(field(page)).toHaveValue("a red car");
  await view(page, "Grid").check();
  await expect(results(page).getByRole("img").first()).toBeVisible();
  await page.goBack();
  await expect(canvas(page)).toBeVisible();
  await page.goBack();
  await expect(results(page)).toBeVisible();
  await expect(view(page, "Grid")).toBeChecked();
});

test("one wanders through it by pointer: names, dragging, zooming, and a photo with those about it", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openMap(page);
  const name = await pointAtPhoto(page);
  expect(name.length).toBeGreaterThan(3);
  await page.mouse.down();
  await page.mouse.up();
  await expect(dialog(page)).toContainText(name);
  const around = page.getByRole("button", { name: "Next picture" });
  await around.click();
  await expect(dialog(page)).not.toContainText(name);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);

  const { x, y, width, height } = (await map(page).boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel(0, -800);
  await expect.poll(() => zoom(page)).toBeGreaterThan(4);
  // Whoever looks at the page scrolls nothing by it.
  expect(await page.evaluate(() => scrollY)).toBe(0);
  const picture = () => canvas(page).evaluate((element: HTMLCanvasElement) => element.toDataURL());
  const still = await picture();
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 150, y + height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  await expect(dialog(page)).toHaveCount(0);
  expect(await picture()).not.toBe(still);
  await page.getByRole("button", { name: "The whole map" }).click();
  await expect.poll(() => zoom(page)).toBe(1);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => zoom(page)).toBe(1.6);
});

test("by keys alone: from the field into the map, from picture to picture, nearer, and into a photo and back", async ({ page }) => {
  await openMap(page);
  await field(page).press("ArrowDown");
  await expect(map(page)).toBeFocused();
  await expect(told(page)).not.toHaveText("");
  const first = await told(page).textContent();
  await page.keyboard.press("ArrowRight");
  await expect(told(page)).not.toHaveText(first!);
  await page.keyboard.press("ArrowLeft");
  await expect(label(page)).toBeVisible();
  await page.keyboard.press("+");
  await expect.poll(() => zoom(page)).toBe(1.6);
  await page.keyboard.press("0");
  await expect.poll(() => zoom(page)).toBe(1);
  const at = (await told(page).textContent())!;
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toContainText(at);
  await page.keyboard.press("Escape");
  await expect(map(page)).toBeFocused();
  await expect(told(page)).toHaveText(at);
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const faults = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(faults.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  }
  // On a telephone it fits into the window.
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await expect.poll(async () => (await map(page).boundingBox())!.width).toBeLessThanOrEqual(390);
  expect((await map(page).boundingBox())!.height).toBeGreaterThan(350);
});

test("a gallery without the table offers no map, and one whose map is damaged says so and shows its grid", async ({ page, baseURL }) => {
  const folder = galleryCopy();
  const manifest = readFileSync(join(folder, "gallery.json"), "utf8");
  const { map: _, ...tables } = JSON.parse(manifest).tables;
  writeFileSync(join(folder, "gallery.json"), JSON.stringify({ ...JSON.parse(manifest), tables }));
  const host = await serve(folder);
  const address = `${baseURL}/?view=map&gallery=${encodeURIComponent(`${host.url}/`)}`;
  try {
    await openToSearch(page, address);
    await expect(results(page).getByRole("img").first()).toBeVisible();
    await expect(view(page, "Map")).toHaveCount(0);
    writeFileSync(join(folder, "gallery.json"), manifest);
    const bytes = readFileSync(join(folder, "map.dot"));
    writeFileSync(
      join(folder, "map.dot"),
      bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
    );
    await openToSearch(page, address);
    await expect(page.getByRole("alert")).toContainText(/map\.dot is not the file it should be/);
    writeFileSync(join(folder, "map.dot"), bytes);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(canvas(page)).toBeVisible();
    await view(page, "Grid").check();
    await expect(results(page).getByRole("img").first()).toBeVisible();
  } finally {
    host.stop();
    rmSync(folder, { recursive: true });
  }
});

test("of a larger gallery only the pictures that are drawn are asked for", async ({ page, baseURL }) => {
  const [folder, photos] = [temporary(), 3_000];
  await manyPhotos(folder, photos);
  const bytes = mapFile(Uint16Array.from({ length: photos * 2 }, (_, i) => Math.imul(i ** 2 + 1, 0x9e3779b1) >>> 16));
  const manifest = JSON.parse(readFileSync(join(folder, "gallery.json"), "utf8"));
  manifest.tables.map = { version: 1, file: { file: "map.dot", rows: photos, ...(await recordOf(bytes)) } };
  writeFileSync(join(folder, "map.dot"), bytes);
  writeFileSync(join(folder, "gallery.json"), JSON.stringify(manifest));
  const host = await plainHost(folder, "/", { headers: { "Access-Control-Allow-Origin": "*" } });
  try {
    await openMap(page, `${baseURL}/?view=map&gallery=${encodeURIComponent(host.url)}`);
    const asked = () => host.asked.filter((path) => path.includes("thumbs/")).length;
    await expect.poll(asked).toBeGreaterThan(20);
    // The frame has room for no more.
    expect(asked()).toBeLessThan(150);
    expect(host.asked.filter((path) => path.includes("map.dot"))).toHaveLength(1);
    expect(host.asked.filter((path) => path.includes("large/"))).toEqual([]);
  } finally {
    host.stop();
    rmSync(folder, { recursive: true });
  }
});
