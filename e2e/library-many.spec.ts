import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { drop, firstWritten, imported, withoutHandles } from "./library-support";
import { openToSearch, search, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT, "50,000 files, minutes: npm run accept");

const FILES = 50_000;
const DIFFERENT = 199;
const BROKEN = 1000;
const FOLDERS = 100;
/** Of a task and between two frames of the page, ms. */
const LONGEST = 1000;

/** A folder of many files: a few different pictures over and over, and a thousand that are none, half of them empty. */
async function folderOfMany(): Promise<string> {
  const folder = temporary();
  const pictures = await Promise.all(
    Array.from({ length: DIFFERENT }, (_, i) => {
      const background = { r: (i * 37) % 256, g: (i * 59) % 256, b: (i * 83) % 256 };
      return sharp({ create: { width: 160, height: 120, channels: 3, background } })
        .jpeg()
        .toBuffer();
    }),
  );
  for (let i = 0; i < FOLDERS; i++) mkdirSync(join(folder, String(i)));
  for (let i = 0; i < FILES; i++) {
    const broken = i % (FILES / BROKEN) === 1;
    const content = broken ? (Math.floor(i / FOLDERS) % 2 ? "" : `no picture ${i}`) : pictures[i % DIFFERENT]!;
    writeFileSync(join(folder, String(i % FOLDERS), `${String(i).padStart(5, "0")}.jpg`), content);
  }
  return folder;
}

/** From now on the page keeps its longest task and its longest time between two frames, ms. */
async function watchFrames(page: Page): Promise<() => Promise<{ task: number; frame: number }>> {
  const watch = await page.evaluateHandle(() => {
    const longest = { task: 0, frame: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest.task = Math.max(longest.task, duration);
    }).observe({ type: "longtask" });
    let before = performance.now();
    const frame = (now: number) => {
      longest.frame = Math.max(longest.frame, now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return longest;
  });
  return () => watch.jsonValue();
}

let folder: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = await folderOfMany();
});
test.afterAll(() => rmSync(folder, { recursive: true }));

test("50,000 files at once: what is no photo is named, the rest goes in, and the page answers meanwhile", async ({ page }) => {
  test.setTimeout(1_800_000);
  await openToSearch(page);
  const longest = await watchFrames(page);
  const began = performance.now();
  await drop(page, folder);
  await firstWritten(page, basename(folder));
  const report = page.getByTestId("imported");
  const answers: number[] = [];
  for (let i = 0; (await report.count()) === 0; i++) answers.push(await search(page, `a ${["red", "blue", "green"][i % 3]} thing ${i}`));
  const seconds = (performance.now() - began) / 1000;
  const { task, frame } = await longest();
  answers.sort((a, b) => a - b);
  console.log(
    `${FILES} files in ${seconds.toFixed(0)} s; the page's longest task ${task.toFixed(0)} ms, longest frame ${frame.toFixed(0)} ms; ` +
      `${answers.length} searches meanwhile, the median answered after ${answers[answers.length >> 1]!.toFixed(0)} ms`,
  );
  const good = (FILES - BROKEN - DIFFERENT).toLocaleString("en");
  await expect(report).toContainText(`${DIFFERENT} photos encoded, ${good} photos recognised by content`);
  await page.getByText(`${BROKEN.toLocaleString("en")} files could not be read`).click();
  const named = page.getByRole("list", { name: "Files that could not be read" }).getByRole("listitem");
  await expect(named.filter({ hasText: "The file is empty" }).first()).toBeVisible();
  await expect(named.filter({ hasText: "The file is no picture" }).first()).toBeVisible();
  expect(task).toBeLessThan(LONGEST);
  expect(frame).toBeLessThan(LONGEST);
});

test("50,000 files without a handle of their folder reach the worker, and the page stays at hand", async ({ page }) => {
  test.setTimeout(600_000);
  await withoutHandles(page);
  await openToSearch(page);
  const longest = await watchFrames(page);
  const began = performance.now();
  await drop(page, folder);
  await expect(page.locator(".import")).toContainText(`of ${FILES.toLocaleString("en")}`, { timeout: 500_000 });
  const { task, frame } = await longest();
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${FILES} files listed in ${seconds.toFixed(0)} s; the longest task ${task.toFixed(0)} ms, the longest frame ${frame.toFixed(0)} ms`,
  );
  expect(task).toBeLessThan(LONGEST);
  expect(frame).toBeLessThan(LONGEST);
  await page.getByRole("button", { name: "Stop" }).click();
  await imported(page);
});
