import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { measured, ownPhotographs } from "../bench/tab/run.mjs";
import { PHOTOS, photoFiles } from "./library-support";
import { CLI, hasData, temporary } from "./support";

test.skip(
  !process.env.DOTLIGHT_ACCEPT || !hasData("coco/photos") || process.platform !== "linux",
  "2,000 photographs, and memory is read from /proc: npm run accept",
);

/** Photographs that the command line encodes a second: those of the bench, n of them. */
function commandLine(n: number): number {
  const [folder, out] = [temporary(), temporary()];
  const photos = photoFiles().map((name) => readFileSync(join(PHOTOS, name)));
  for (let i = 0; i < n; i++) writeFileSync(join(folder, `${i}.jpg`), Buffer.concat([photos[i % photos.length]!, Buffer.from(String(i))]));
  const began = performance.now();
  execFileSync(process.execPath, [CLI, "index", folder, "--out", out], { stdio: "ignore" });
  const seconds = (performance.now() - began) / 1000;
  for (const place of [folder, out]) rmSync(place, { recursive: true });
  return n / seconds;
}

test("2,000 photographs: memory flat, searchable again in under a second, none of them encoded again", async () => {
  test.setTimeout(1_800_000);
  const [few, many] = [await measured([], ownPhotographs(200)), await measured([], ownPhotographs(2000))];
  console.log(`the tab's peak ${few.most} MB with 200 photographs, ${many.most} with 2,000; ${few.later} and ${many.later} a minute later`);
  console.log(`opened again, the first answer after ${many.again.join(", ")} ms`);
  console.log(`${many.aSecond} photographs a second; the command line ${commandLine(2000).toFixed(1)}`);
  expect.soft(many.again[many.again.length >> 1], "ms until the first answer").toBeLessThan(1000);
  // What grows with the photos are vectors and items: some kilobytes each.
  expect(many.most - few.most).toBeLessThan(150);
});
