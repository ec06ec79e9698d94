import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { chooseFolder, filesOnDisk, imported, makeFolder, storedPhotos } from "./library-support";
import { alts, openPage, openToSearch, ROOT, ready, search, serve } from "./support";

const heic = (name: string) => readFileSync(join(ROOT, `e2e/fixtures/${name}.heic`));
const cosine = (a: number[], b: number[]) => a.reduce((sum, value, d) => sum + value * b[d]!, 0) / (Math.hypot(...a) * Math.hypot(...b));

test("HEIC photos are brought in upright, with their EXIF; one that is cut short is named", async ({ page }) => {
  const original = await sharp(join(ROOT, "public/galleries/diorama/thumbs/000002.webp")).resize(256, 192).png().toBuffer();
  const broken: string[] = [];
  page.on("console", (message) => message.text().includes("Content Security Policy") && broken.push(message.text()));
  await openToSearch(page);
  await makeFolder(
    page,
    "phone",
    filesOnDisk({
      "upright.heic": heic("upright"),
      "turned.HEIC": heic("turned"),
      "cut.heif": heic("turned").subarray(0, 3000),
      "original.png": original,
    }),
  );
  await chooseFolder(page, "phone");
  expect(await imported(page)).toBe("3 photos encoded.");
  await page.getByText("1 file could not be read").click();
  await expect(page.getByRole("list", { name: "Files that could not be read" })).toContainText(
    "cut.heif The file is cut short: its HEIC data end",
  );
  const stored = await storedPhotos(page);
  for (const name of ["upright.heic", "turned.HEIC"]) {
    const { item, vector } = stored.get(name)!;
    expect(item.details).toEqual({
      width: 256,
      height: 192,
      type: "heic",
      taken: "2023-07-14T18:30:05",
      camera: "Apple iPhone 15",
      place: [48 + 8 / 60, -11.5],
    });
    expect([item.thumb.width, item.thumb.height]).toEqual([256, 192]);
    expect(cosine(vector, stored.get("original.png")!.vector)).toBeGreaterThan(0.98);
  }
  expect(broken).toEqual([]);
});

test("a HEIC photo is a query", async ({ page }) => {
  const other = await sharp(join(ROOT, "public/galleries/diorama/thumbs/000003.webp")).jpeg().toBuffer();
  await openToSearch(page);
  await makeFolder(page, "phone", filesOnDisk({ "another.jpg": other, "upright.heic": heic("upright") }));
  await chooseFolder(page, "phone");
  expect(await imported(page)).toBe("2 photos encoded.");
  await page.locator('.search input[type="file"]').setInputFiles({ name: "turned.heic", mimeType: "image/heic", buffer: heic("turned") });
  await expect(page.getByText("Your picture stays in this tab")).toBeVisible();
  await expect.poll(() => alts(page, 1)).toEqual(["upright"]);
});

test("once it was used, the decoder is there without a network", async ({ page, context }) => {
  const site = await serve(join(ROOT, "dist/site"));
  await openPage(page, site.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const files = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
      return files.flat().filter((url) => url.includes("libheif")).length;
    });
  expect(await kept()).toBe(0);
  await makeFolder(page, "phone", filesOnDisk({ "upright.heic": heic("upright") }));
  await chooseFolder(page, "phone");
  expect(await imported(page)).toBe("1 photo encoded.");
  expect(await kept()).toBe(2);
  // The model for photographs is here when it has answered once.
  await search(page, "a picture");
  site.stop();
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await makeFolder(page, "phone", filesOnDisk({ "turned.heic": heic("turned") }));
  await page.getByRole("button", { name: "Look for changes" }).click();
  await expect(page.getByText("1 photo encoded, 1 unchanged.")).toBeVisible();
});

test.describe("without the decoder", () => {
  // It would answer before the test can.
  test.use({ serviceWorkers: "block" });

  test("HEIC photos are named, and read when it can be loaded", async ({ page }) => {
    await page.route(/libheif/, (route) => route.abort());
    await openToSearch(page);
    await makeFolder(
      page,
      "phone",
      filesOnDisk({
        "upright.heic": heic("upright"),
        "plain.jpg": await sharp(join(ROOT, "public/galleries/diorama/thumbs/000003.webp")).jpeg().toBuffer(),
      }),
    );
    await chooseFolder(page, "phone");
    expect(await imported(page)).toBe("1 photo encoded.");
    await expect(page.getByText("1 file could not be read")).toBeVisible();
    await page.unroute(/libheif/);
    await page.getByRole("button", { name: "Look for changes" }).click();
    await expect(page.getByText("1 photo encoded, 1 unchanged.")).toBeVisible();
  });
});
