import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import sharp from "sharp";
import { openPage, ROOT, temporary } from "./support";

test("the page can be installed, with icons of the sizes that it says", async ({ launchOptions, baseURL }) => {
  // A browser that forgets everything would not install it.
  const profile = temporary();
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL! });
  const page = context.pages()[0]!;
  await openPage(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const session = await context.newCDPSession(page);
  const { data, errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { icons } = JSON.parse(data!) as { icons: { src: string; sizes: string; purpose: string }[] };
  expect(icons.filter(({ purpose }) => purpose === "maskable")).toHaveLength(1);
  for (const { src, sizes } of icons) {
    const path = join(ROOT, "dist/site", src);
    expect(existsSync(path)).toBe(true);
    const { width, height } = await sharp(path).metadata();
    if (sizes !== "any") expect(`${width}x${height}`).toBe(sizes);
  }
  const touch = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  // The iPhone lays what is transparent on black.
  expect(await sharp(join(ROOT, "dist/site", touch!)).stats()).toMatchObject({ isOpaque: true });
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  await context.close();
  rmSync(profile, { recursive: true });
});
