// node scripts/screenshots.mjs: pictures of the built page in each state, desktop and phone, light and dark, in out/screenshots/;
// the first of them is the README's, docs/screenshot.png. Look at them after every change of the page.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import sharp from "sharp";
import { chromiumOptions } from "./chromium.mjs";
import { installChromium, root } from "./shared.mjs";

await installChromium();
const server = spawn(process.execPath, [join(root, "dist/cli/dotlight.js"), "serve", join(root, "dist/site"), "--port", "0"]);
const address = await new Promise((done) => server.stdout.on("data", (text) => done(/http:\S+/.exec(String(text))[0])));
const out = join(root, "out/screenshots");
mkdirSync(out, { recursive: true });
const browser = await chromium.launch(chromiumOptions());

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const QUERY = "a turquoise car in front of blue castles";
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ viewport, colorScheme, serviceWorkers: "block" });
    const shot = (state) => page.screenshot({ path: join(out, `${size}-${colorScheme}-${state}.png`) });
    await page.goto(address);
    await page.locator("[data-state=ready]").waitFor();
    await shot("start");
    await page.getByRole("searchbox").pressSequentially(QUERY, { delay: 150 });
    await page.getByText(/key to screen\s*\d+ ms/).waitFor();
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    await shot("results");
    await page.getByRole("switch", { name: "Re-rank" }).click();
    await page
      .locator(".step.rerank")
      .getByText(/\d+ ms/)
      .waitFor();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await shot("re-ranked");
    await page.getByRole("list", { name: "Results" }).getByRole("button").first().click();
    await page.getByRole("button", { name: "Find its captions" }).click();
    await page.getByRole("list", { name: "Matching captions" }).waitFor();
    await shot("photo");
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").fill("?!");
    await page.getByRole("alert").waitFor();
    await shot("no-words");
    await page.locator('input[type="file"]').setInputFiles(join(root, "public/galleries/diorama/thumbs/000002.webp"));
    await page.getByRole("list", { name: "Matching captions" }).waitFor();
    await shot("own-picture");
    await page.goto(`${address}/?gallery=http://localhost:1/`);
    await page.getByRole("alert").waitFor();
    await shot("problem");
    await page.goto(`${address}/?lab&sample=20&m=20&full=2`);
    await page.locator("[data-state=ready]").waitFor();
    await shot("lab-start");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText("Dot product: captions").waitFor();
    await shot("lab-running");
    await page.locator("[data-state=finished]").waitFor({ timeout: 240_000 });
    await page.locator(".case").first().waitFor();
    await page.screenshot({ path: join(out, `${size}-${colorScheme}-lab.png`), fullPage: true });
    await page.getByText("Measure your own").click();
    await page.getByLabel("Files to measure").setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
    await page.getByRole("alert").waitFor();
    await shot("lab-problem");
    await page.close();
  }
}
await browser.close();
server.kill();
await sharp(join(out, "desktop-light-results.png")).png({ palette: true, quality: 90, effort: 10 }).toFile(join(out, "readme.png"));
mkdirSync(join(root, "docs"), { recursive: true });
copyFileSync(join(out, "readme.png"), join(root, "docs/screenshot.png"));
