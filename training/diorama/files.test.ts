import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import { finishedNumbers, openFolder, putScene, readScene, readSettings } from "./files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "diorama-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a folder of scenes", () => {
  it("refuses scenes of another seed or size, and names both", async () => {
    await openFolder(folder, { seed: 1, size: 256 });
    await expect(openFolder(folder, { seed: 2, size: 256 })).rejects.toThrow(/seed 1, size 256.*seed 2, size 256/);
    await openFolder(folder, { seed: 1, size: 256 });
  });

  it("says when there is nothing to assemble", async () => {
    await expect(readSettings(folder)).rejects.toThrow(/settings\.json is missing/);
  });

  it("keeps whole scenes only, and counts no half-written one as finished", async () => {
    await openFolder(folder, { seed: 1, size: 256 });
    const scene = compose(1, 3);
    const mask = new Array<number>(64 * 64).fill(0);
    mask[70] = 1;
    await putScene(folder, { scene, jpeg: "AAAA", mask, alone: scene.objects.map(() => 2) });
    await writeFile(join(folder, "scenes", "000009.json.part"), "{");
    expect(await finishedNumbers(folder)).toEqual([3]);
    expect(await readdir(join(folder, "images"))).toEqual(["000003.jpg"]);
    const { visibility } = await readScene(folder, 3);
    expect(visibility[0]).toEqual({ visible: 0.5, box: [0.0938, 0.0156, 0.1094, 0.0313] });
  });
});
