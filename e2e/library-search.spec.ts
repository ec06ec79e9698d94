import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { chooseFolder, filesOnDisk, imported, makeFolder, PHOTOS, photoFiles } from "./library-support";
import { alts, field, hasData, openToSearch, painted, ready, results, search } from "./support";

test.skip(!hasData("coco/photos"), "the photographs are not here");

const photo = (number: number) => readFileSync(join(PHOTOS, photoFiles()[number]!));
const exif = (date: string, place?: [string, string]) => ({
  IFD2: { DateTimeOriginal: date },
  ...(place ? { IFD3: { GPSLatitudeRef: "N", GPSLatitude: place[0], GPSLongitudeRef: "E", GPSLongitude: place[1] } } : {}),
});

/** Six photos in two folders, with dates, two places and three shapes. */
async function makeSix(page: Page): Promise<void> {
  const sized = (number: number, width: number, height: number) => sharp(photo(number)).resize(width, height, { fit: "fill" });
  await makeFolder(
    page,
    "six",
    filesOnDisk({
      "2022/rome/wide.jpg": await sized(0, 400, 300)
        .withExif(exif("2022:05:01 10:00:00", ["41/1 54/1 0/1", "12/1 30/1 0/1"]))
        .jpeg()
        .toBuffer(),
      "2022/rome/tall.jpg": await sized(1, 300, 400)
        .withExif(exif("2022:05:03 10:00:00", ["41/1 50/1 0/1", "12/1 20/1 0/1"]))
        .jpeg()
        .toBuffer(),
      "2022/square.png": await sized(2, 300, 300).png().toBuffer(),
      "2023/wide.jpg": await sized(3, 400, 300)
        .withExif(exif("2023:07:14 23:59:59", ["48/1 8/1 0/1", "11/1 34/1 0/1"]))
        .jpeg()
        .toBuffer(),
      "2023/smaller.jpg": await sharp(photo(3)).resize(200, 150, { fit: "fill" }).jpeg({ quality: 70 }).toBuffer(),
      "2023/undated.webp": await sized(4, 400, 300).webp().toBuffer(),
    }),
  );
  await chooseFolder(page, "six");
  expect(await imported(page)).toBe("6 photos encoded.");
}

test("opened again by an address with a query, a gallery answers it once, and at once by all bits", async ({ page }) => {
  await openToSearch(page);
  await makeSix(page);
  const address = new URL(page.url());
  address.searchParams.set("q", "a room");
  await page.goto(address.href);
  await ready(page);
  // Two of the six are nearly the same picture.
  await expect(results(page).getByRole("listitem")).toHaveCount(5);
  await painted(page);
  expect(await page.evaluate(() => performance.getEntriesByName("dotlight:query-to-paint").length)).toBe(1);
});

test("filters by folder, type, orientation, place and days narrow browsing and searching, with counts", async ({ page }) => {
  await openToSearch(page);
  await makeSix(page);
  const options = (name: string) => page.getByLabel(name, { exact: true }).getByRole("option").allTextContents();
  expect(await options("Folder")).toEqual(["All folders", "2022 (3)", "2023 (3)", "2022/rome (2)"]);
  expect(await options("Orientation")).toEqual(["All orientations", "landscape (4)", "portrait (1)", "square (1)"]);
  expect(await options("Place")).toEqual(["All places", "41° N, 12° E (2)", "48° N, 11° E (1)"]);
  await page.getByLabel("Folder", { exact: true }).selectOption("2022");
  await expect(results(page).getByRole("listitem")).toHaveCount(3);
  // The other facets count within it.
  await expect.poll(() => options("Type")).toEqual(["All types", "jpeg (2)", "png (1)"]);
  await search(page, "a room");
  await expect(results(page).getByRole("listitem")).toHaveCount(3);
  expect((await alts(page, 3)).sort()).toEqual(["square", "tall", "wide"]);
  await page.getByLabel("Orientation", { exact: true }).selectOption("portrait");
  await expect.poll(() => alts(page, 3)).toEqual(["tall"]);
  await page.getByRole("button", { name: "1 photo left: show all again" }).click();
  // The photo that is there in two sizes stands for both.
  await expect(results(page).getByRole("listitem")).toHaveCount(5);
  await page.getByLabel("From").fill("2022-05-02");
  await expect(results(page).getByRole("listitem")).toHaveCount(2);
  await page.getByLabel("to", { exact: true }).fill("2022-12-31");
  await expect.poll(() => alts(page, 3)).toEqual(["tall"]);
});

test("a photo is the query for photos: of the gallery, a file, a pasted one", async ({ page }) => {
  await openToSearch(page);
  await makeSix(page);
  await field(page).fill("");
  await results(page).getByRole("button", { name: "smaller" }).click();
  await page.getByRole("button", { name: "Find similar pictures" }).click();
  const likeThis = page.getByRole("button", { name: /^like this photo/ });
  await expect(likeThis).toBeVisible();
  // Of it and the same photo in another size, which are nearest, one stands for both.
  await expect(results(page).getByRole("listitem")).toHaveCount(5);
  await results(page).getByRole("button").first().click();
  await expect(page.getByRole("region", { name: "Nearly the same" })).toContainText(/2023\/(wide|smaller)\.jpg/);
  await page.getByRole("button", { name: "Show them apart" }).click();
  await expect(results(page).getByRole("listitem")).toHaveCount(6);
  expect((await alts(page, 2)).sort()).toEqual(["smaller", "wide"]);
  await page.getByRole("button", { name: "Remove like this photo" }).click();
  await page.getByLabel("Find pictures like your own", { exact: true }).click({ trial: true });
  await page.locator('.search input[type="file"]').setInputFiles({ name: "x.jpg", mimeType: "image/jpeg", buffer: photo(3) });
  await expect(page.getByText("Your picture stays in this tab")).toBeVisible();
  await expect.poll(async () => (await alts(page, 1))[0]).toMatch(/^(smaller|wide)$/);
  await page.getByRole("button", { name: "Remove like your picture" }).click();
  await page.evaluate(
    async (bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], "pasted.png", { type: "image/jpeg" }));
      dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
    },
    [...photo(3)],
  );
  await expect(page.getByText("Your picture stays in this tab")).toBeVisible();
  await expect.poll(async () => (await alts(page, 1))[0]).toMatch(/^(smaller|wide)$/);
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(page.getByText("Your picture stays in this tab")).toHaveCount(0);
  await expect(page.getByText("in the order of the gallery")).toBeVisible();
});

test("a photo shows what its file says; its original opens and downloads, its path is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openToSearch(page);
  await makeSix(page);
  await results(page).getByRole("button", { name: "tall" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("2022/rome/tall.jpg");
  await expect(dialog).toContainText("2022-05-03 10:00:00");
  await expect(dialog).toContainText("41.8333, 12.3333");
  await expect(dialog).toContainText("300 × 400, jpeg");
  await page.getByRole("button", { name: "Copy its path" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("2022/rome/tall.jpg");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect((await saving).suggestedFilename()).toBe("tall.jpg");
  expect((await sharp(await (await saving).path()).metadata()).height).toBe(400);
  const opening = context.waitForEvent("page");
  await page.getByRole("button", { name: "Open the original" }).click();
  await expect.poll(async () => (await opening).url()).toMatch(/^blob:/);
});
