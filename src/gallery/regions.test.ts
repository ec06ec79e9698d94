import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../files/source";
import { openGallery } from "./reader";
import { codeRegions, regionBytes } from "./regions";
import { GalleryWriter } from "./writer";

const HEAD = { name: "toy", pack: { id: "p", fingerprint: "f" }, dimension: 4, metric: "dot" } as const;
const SHAPE = { count: 36, width: 96 };
const EACH = SHAPE.count * SHAPE.width;

/** Any numbers, of photos at very different scales. */
const numberOf = (row: number, i: number) => Math.sin(row * 31 + i) * 10 ** ((row % 7) - 3);

async function toy(photos: number): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const writer = new GalleryWriter(memorySource(files), HEAD, SHAPE);
  // In uneven batches, as photos come.
  for (let from = 0, step = 1; from < photos; step++) {
    const rows = Math.min(step, photos - from);
    const regions = Float32Array.from({ length: rows * EACH }, (_, i) => numberOf(from + Math.floor(i / EACH), i % EACH));
    await writer.addImages(
      new Float32Array(rows * 4).fill(1),
      Array.from({ length: rows }, (_, i) => ({ id: `${from + i}` })),
      regions,
    );
    from += rows;
  }
  await writer.finish();
  return files;
}

describe("regions", () => {
  it("come back in any order, each within half a step of its photo's scale", async () => {
    const photos = 60;
    const read = (await openGallery(memorySource(await toy(photos)))).regions()!;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: photos - 1 }), { maxLength: 8 }), async (rows) => {
        const found = await read(rows);
        expect(found.length).toBe(rows.length * EACH);
        for (const [at, row] of rows.entries()) {
          const most = Math.max(...Array.from({ length: EACH }, (_, i) => Math.abs(numberOf(row, i))));
          const worst = Math.max(...Array.from({ length: EACH }, (_, i) => Math.abs(found[at * EACH + i]! - numberOf(row, i))));
          expect(worst).toBeLessThanOrEqual((most / 127) * 0.501);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("take 3.5 KB a photo", () => {
    expect(regionBytes(2, SHAPE) - regionBytes(1, SHAPE)).toBe(EACH + 4);
    expect(codeRegions(new Float32Array(EACH), SHAPE).length).toBe(EACH + 4);
  });

  it("that are no numbers are refused", () => {
    expect(() => codeRegions(new Float32Array(EACH).fill(Number.NaN), SHAPE)).toThrow(expect.objectContaining({ code: "bad-vectors" }));
  });

  it("with an altered block are refused, photos of other blocks are not", async () => {
    const files = await toy(40);
    files.get("regions/0000.dot")!.fill(1, 100, 101);
    const read = (await openGallery(memorySource(files))).regions()!;
    await expect(read([0])).rejects.toMatchObject({ code: "altered", message: expect.stringContaining("regions/0000.dot") });
    await expect(read([39])).resolves.toHaveLength(EACH);
  });

  it.each([
    ["of a later version", (r: Record<string, any>) => (r.version = 2)],
    ["of another shape than their bytes", (r: Record<string, any>) => (r.width = 95)],
    ["without digests of blocks", (r: Record<string, any>) => delete r.files[0].blocks],
    ["of fewer photos", (r: Record<string, any>) => (r.files[0].rows = 3)],
  ])("%s are refused when the gallery is opened", async (_, change) => {
    const files = await toy(4);
    const manifest = JSON.parse(new TextDecoder().decode(files.get("gallery.json")));
    change(manifest.tables.regions);
    files.set("gallery.json", new TextEncoder().encode(JSON.stringify(manifest)));
    await expect(openGallery(memorySource(files))).rejects.toMatchObject({ code: "bad-manifest" });
  });

  it("are not there in a gallery without them", async () => {
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    const writer = new GalleryWriter(memorySource(files), HEAD);
    await writer.addImages(new Float32Array(4), [{ id: "a" }]);
    await writer.finish();
    expect((await openGallery(memorySource(files))).regions()).toBeUndefined();
  });
});
