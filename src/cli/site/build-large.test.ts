import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";
import { ImageEncoder } from "../../encoders/image-encoder";
import { Pack } from "../../encoders/pack";
import { nodeRuntime } from "../../encoders/runtime.node";
import { directorySource } from "../../files/directory.node";
import { decode } from "../photos";
import { picturesOf } from "./encode";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** A folder of many photos; `DOTLIGHT_PHOTOS` names another. */
const FOLDER = process.env.DOTLIGHT_PHOTOS ?? join(process.env.DOTLIGHT_DATA ?? join(ROOT, "../shared/data"), "flickr8k/images");

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

// Thousands of photos: npm run accept.
const runs = process.env.DOTLIGHT_ACCEPT && existsSync(FOLDER);

test.skipIf(!runs)("thousands of photos take at most 1.15 times the work of their parts on all cores", { timeout: 3_600_000 }, async () => {
  const photos = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => /\.jpe?g$/i.test(name));
  const parts = await workOf(photos.filter((_, i) => i % Math.ceil(photos.length / SAMPLE) === 0).map((name) => join(FOLDER, name)));
  const each = parts.decoding + parts.encoding + parts.pictures;
  const cores = availableParallelism();
  const began = performance.now();
  const site = join(mkdtempSync(join(tmpdir(), "dotlight-")), "site");
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(ROOT, "dist/cli/dotlight.js"),
    "build",
    FOLDER,
    "--out",
    site,
    "--json",
  ]);
  const seconds = (performance.now() - began) / 1000;
  // The same file twice is encoded once.
  const contents = new Set(
    photos.map((name) =>
      createHash("sha256")
        .update(readFileSync(join(FOLDER, name)))
        .digest("hex"),
    ),
  );
  expect(JSON.parse(stdout)).toMatchObject({ encoded: contents.size, skipped: [] });
  const least = (photos.length * each) / cores;
  const breakdown = Object.entries(parts).map(([part, took]) => `${part} ${(took * 1000).toFixed(1)} ms`);
  console.log(
    `${photos.length} photos: a site in ${seconds.toFixed(0)} s, ${(seconds / least).toFixed(2)} times the work of its parts on ${cores} cores; ` +
      `processor time a photo: ${breakdown.join(", ")}`,
  );
  expect(seconds).toBeLessThanOrEqual(MOST * least);
});
