import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect, type Page, test } from "@playwright/test";
import { openLibrary, PHOTOS, photoFiles } from "./library-support";
import { CLI, hasData, openPage, painted, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT || !hasData("coco/photos"), "2,000 photographs: npm run accept");

/** A folder of n photographs of full size: the same few, each copy with another end, so that none is known by its content. */
function folderOf(n: number): string {
  const folder = temporary();
  const photos = photoFiles().map((name) => readFileSync(join(PHOTOS, name)));
  for (let i = 0; i < n; i++) {
    writeFileSync(join(folder, `${String(i).padStart(5, "0")}.jpg`), Buffer.concat([photos[i % photos.length]!, Buffer.from(String(i))]));
  }
  return folder;
}

/** The most memory that any renderer of this profile's browser has had so far, MB. */
function peakOf(profile: string): number {
  const peaks = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        if (!command.includes("--type=renderer") || !command.includes(profile)) return 0;
        return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1000;
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    });
  return Math.max(...peaks);
}

async function importFolder(page: Page, folder: string): Promise<number> {
  await openLibrary(page);
  const began = performance.now();
  await page.getByTestId("folder-input").setInputFiles(folder);
  await expect(page.getByTestId("imported")).toContainText("photos encoded.", { timeout: 600_000 });
  return (performance.now() - began) / 1000;
}

/** Times that the gallery is opened again, of which the median counts. */
const AGAIN = 5;

/** Milliseconds from the address to the first answer's pictures, in a tab that has shown something else. */
async function openAgain(page: Page, address: string): Promise<number> {
  await page.goto("about:blank");
  const began = performance.now();
  await page.goto(address);
  await painted(page);
  return performance.now() - began;
}

test("2,000 photographs: as fast as the command line, memory flat, searchable again in under a second", async ({
  launchOptions,
  baseURL,
}) => {
  test.skip(process.platform !== "linux", "memory is read from /proc");
  test.setTimeout(1_800_000);
  const peaks: number[] = [];
  for (const count of [200, 2000]) {
    const [folder, profile] = [folderOf(count), temporary()];
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL! });
    const page = context.pages()[0]!;
    await openPage(page);
    const seconds = await importFolder(page, folder);
    peaks.push(peakOf(profile));
    console.log(`${count} photographs: ${(count / seconds).toFixed(1)} a second, the tab's peak ${peaks.at(-1)!.toFixed(0)} MB`);
    if (count === 2000) {
      const own = new URL(page.url());
      own.searchParams.set("q", "two people");
      const times: number[] = [];
      for (let i = 0; i < AGAIN; i++) times.push(await openAgain(page, own.href));
      times.sort((a, b) => a - b);
      console.log(
        `opened again ${AGAIN} times: the first answer after ${times[AGAIN >> 1]!.toFixed(0)} ms, from ${times[0]!.toFixed(0)} ms`,
      );
      await page.getByText("choose the folder again").click();
      await page.getByTestId("folder-input").setInputFiles(folder);
      await expect(page.getByTestId("imported")).toHaveText("2,000 unchanged.", { timeout: 60_000 });
      const out = temporary();
      const started = performance.now();
      execFileSync(process.execPath, [CLI, "index", folder, "--out", out], { stdio: "ignore" });
      console.log(`the command line: ${((count / (performance.now() - started)) * 1000).toFixed(1)} a second`);
      rmSync(out, { recursive: true });
      expect.soft(times[AGAIN >> 1], "ms until the first answer").toBeLessThan(1000);
    }
    await context.close();
    for (const place of [folder, profile]) rmSync(place, { recursive: true });
  }
  // What grows with the photos are vectors and items: some kilobytes each.
  expect(peaks[1]! - peaks[0]!).toBeLessThan(150);
});
