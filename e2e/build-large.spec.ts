import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { decode } from "../src/cli/photos";
import { picturesOf } from "../src/cli/site/encode";
import { ImageEncoder } from "../src/encoders/image-encoder";
import { Pack } from "../src/encoders/pack";
import { nodeRuntime } from "../src/encoders/runtime.node";
import { directorySource } from "../src/files/directory.node";
import { DATA, dotlight, hasData, ROOT, temporary } from "./support";

/** A folder of many photos; `DOTLIGHT_PHOTOS` names another. */
const FOLDER = process.env.DOTLIGHT_PHOTOS ?? join(DATA, "flickr8k");

/** Photos whose parts are measured, and times their work that a build may take. */
const [SAMPLE, MOST] = [100, 1.15];

/** Processor time of a photo's parts, each measured apart on one thread, seconds. */
async function workOf(paths: string[]): Promise<{ decoding: number; encoding: number; pictures: number }> {
  sharp.concurrency(1);
  const encoder = await ImageEncoder.load(await Pack.open(directorySource(join(ROOT, "public/packs/diorama"))), nodeRuntime(1));
  const took = { decoding: 0, encoding: 0, pictures: 0 };
  const measured = async <T>(part: keyof typeof took, work: () => Promise<T>): Promise<T> => {
    const before = process.cpuUsage();
    const made = await work();
    const { user, system } = process.cpuUsage(before);
    took[part] += (user + system) / 1e6 / paths.length;
    return made;
  };
  // The first run is the slow one.
  await encoder.encodeWithRegions([await decode(paths[0]!)]);
  for (const path of paths) {
    const pixels = await measured("decoding", () => decode(path));
    await measured("pictures", () => picturesOf(pixels, { thumb: 320, large: 1600 }, "0".repeat(64)));
    await measured("encoding", () => encoder.encodeWithRegions([pixels]));
  }
  return took;
}

test.skip(!process.env.DOTLIGHT_ACCEPT, "thousands of photos: npm run accept");

test("thousands of photos take at most 1.15 times the work of their parts on all cores", async () => {
  test.skip(!process.env.DOTLIGHT_PHOTOS && !hasData("flickr8k"), `${FOLDER} is not here: set DOTLIGHT_DATA or DOTLIGHT_PHOTOS.`);
  test.setTimeout(3_600_000);
  const photos = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => /\.jpe?g$/i.test(name));
  const parts = await workOf(photos.filter((_, i) => i % Math.ceil(photos.length / SAMPLE) === 0).map((name) => join(FOLDER, name)));
  const each = parts.decoding + parts.encoding + parts.pictures;
  const cores = availableParallelism();
  const began = performance.now();
  const { status, stdout } = await dotlight("build", FOLDER, "--out", join(temporary(), "site"), "--json");
  const seconds = (performance.now() - began) / 1000;
  expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ encoded: photos.length, skipped: [] })]);
  const least = (photos.length * each) / cores;
  const breakdown = Object.entries(parts).map(([part, took]) => `${part} ${(took * 1000).toFixed(1)} ms`);
  console.log(
    `${photos.length} photos: a site in ${seconds.toFixed(0)} s, ${(seconds / least).toFixed(2)} times the work of its parts on ${cores} cores; ` +
      `processor time a photo: ${breakdown.join(", ")}`,
  );
  expect(seconds).toBeLessThanOrEqual(MOST * least);
});
