import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { chooseFolder, filesOnDisk, imported, makeFolder, PHOTOS, photoFiles, storedPhotos } from "./library-support";
import { hasData, openToSearch } from "./support";

test.skip(!hasData("coco/photos"), "the photographs are not here");

test("each bad file is named with its reason, and the rest goes in", async ({ page }) => {
  test.setTimeout(120_000);
  const good = readFileSync(join(PHOTOS, photoFiles()[0]!));
  const image = sharp(good).resize(300);
  const [png, webp, avif, gif, tiff] = await Promise.all([
    image.clone().png().toBuffer(),
    image.clone().webp().toBuffer(),
    image.clone().avif().toBuffer(),
    image.clone().gif().toBuffer(),
    image.clone().tiff().toBuffer(),
  ]);
  // Eight bits a channel, no compression: the header and the pixels.
  const bmp = Buffer.alloc(54 + 2 * 8);
  bmp.write("BM");
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(54, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(2, 18);
  bmp.writeInt32LE(2, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(24, 28);
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  const damaged = Buffer.from(png);
  damaged.fill(7, 60, 400);
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic"), Buffer.alloc(200)]);
  await openToSearch(page);
  await makeFolder(page, "mixed", {
    ...filesOnDisk({
      "truncated.jpg": good.subarray(0, good.length >> 1),
      "truncated.png": png.subarray(0, png.length >> 1),
      "truncated.webp": webp.subarray(0, webp.length >> 1),
      "damaged.png": damaged,
      "bomb.png": bomb,
      "phone.heic": heic,
      "scan.tiff": tiff,
      "good.webp": webp,
      // In one batch with the former, whose vector it takes.
      "again.webp": webp,
      "good.avif": avif,
      "good.gif": gif,
      "good.bmp": bmp,
      "wrongly-named.gif": png,
      "'quo\"te'.jpg": good,
      "<img src=x onerror=alert(1)>.jpg": png,
      "🏖️ beach 日本.jpg": await image.clone().flop().jpeg().toBuffer(),
      "‮gpj.x‬.jpg": await image.clone().flip().jpeg().toBuffer(),
      "._hidden.jpg": good,
    }),
    "text.jpg": { text: "This is no picture." },
    "empty.jpg": { text: "" },
    "drawing.svg": { text: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>' },
    "notes.txt": { text: "notes" },
  });
  await chooseFolder(page, "mixed");
  expect(await imported(page)).toBe("8 photos encoded, 2 photos recognised by content, 1 other files left alone.");
  await page.getByText("10 files could not be read").click();
  const reasons = await page.getByRole("list", { name: "Files that could not be read" }).getByRole("listitem").allTextContents();
  expect(reasons.sort()).toEqual([
    expect.stringMatching(/^bomb\.png The picture has 3600 megapixels/),
    expect.stringMatching(/^damaged\.png The browser cannot read this PNG file/),
    expect.stringMatching(/^drawing\.svg SVG files are drawings/),
    expect.stringMatching(/^empty\.jpg The file is empty/),
    expect.stringMatching(/^phone\.heic The HEIC picture cannot be decoded \(Invalid input/),
    expect.stringMatching(/^scan\.tiff Browsers do not read TIFF/),
    expect.stringMatching(/^text\.jpg The file is no picture/),
    expect.stringMatching(/^truncated\.jpg The file is cut short/),
    expect.stringMatching(/^truncated\.png The file is cut short/),
    expect.stringMatching(/^truncated\.webp The file is cut short/),
  ]);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  expect([...(await storedPhotos(page)).keys()]).toContain("<img src=x onerror=alert(1)>.jpg");
  // The bad ones are remembered: they are not read again, and still named.
  await page.reload();
  expect(await imported(page)).toBe("10 unchanged, 1 other files left alone.");
  await expect(page.getByText("10 files could not be read")).toBeVisible();
});

test("photos are upright, with the date, the camera and the place that their EXIF has", async ({ page }) => {
  const side = await sharp(join(PHOTOS, photoFiles()[0]!)).resize(400, 300, { fit: "fill" }).jpeg({ quality: 95 }).toBuffer();
  const turned = await sharp(side)
    .rotate(90)
    .withExif({
      IFD0: { Make: "Canon", Model: "Canon EOS R5" },
      IFD2: { DateTimeOriginal: "2023:07:14 18:30:05" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 8/1 0/1", GPSLongitudeRef: "W", GPSLongitude: "11/1 30/1 0/1" },
    })
    .withMetadata({ orientation: 8 })
    .jpeg({ quality: 95 })
    .toBuffer();
  await openToSearch(page);
  await makeFolder(page, "exif", filesOnDisk({ "side.jpg": side, "turned.jpg": turned }));
  await chooseFolder(page, "exif");
  expect(await imported(page)).toBe("2 photos encoded.");
  const stored = await storedPhotos(page);
  const { item, vector } = stored.get("turned.jpg")!;
  expect(item.details).toEqual({
    width: 400,
    height: 300,
    type: "jpeg",
    taken: "2023-07-14T18:30:05",
    camera: "Canon EOS R5",
    place: [48 + 8 / 60, -11.5],
  });
  expect([item.thumb.width, item.thumb.height]).toEqual([256, 192]);
  // Upright it is the other photo, saved once more.
  const other = stored.get("side.jpg")!.vector;
  const cosine = vector.reduce((sum, value, d) => sum + value * other[d]!, 0) / (Math.hypot(...vector) * Math.hypot(...other));
  expect(cosine).toBeGreaterThan(0.995);
});

test("a panorama of 200 megapixels is read", async ({ page }) => {
  test.setTimeout(180_000);
  const panorama = await sharp({ create: { width: 20_000, height: 10_000, channels: 3, background: "#4477aa" } })
    .jpeg()
    .toBuffer();
  await openToSearch(page);
  await makeFolder(page, "wide", filesOnDisk({ "panorama.jpg": panorama }));
  await chooseFolder(page, "wide");
  expect(await imported(page)).toBe("1 photo encoded.");
  const { item } = (await storedPhotos(page)).get("panorama.jpg")!;
  expect(item.details).toMatchObject({ width: 20_000, height: 10_000 });
  expect([item.thumb.width, item.thumb.height]).toEqual([256, 128]);
});
