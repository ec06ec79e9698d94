import { describe, expect, it } from "vitest";
import { recordOf } from "../files/digest";
import { memorySource } from "../files/source";
import { spreadOver } from "../retrieval/relevance";
import { openGallery } from "./reader";
import { GalleryWriter } from "./writer";

const HEAD = { name: "toy", pack: { id: "p", fingerprint: "f" }, dimension: 4, metric: "dot" } as const;
const CAPTIONS = { digest: "a".repeat(64), bank: [Float32Array.of(1, 2, 3, 4), Float32Array.of(0, -1, 0, 1)] };
const FILE = "calibration/0000.dot";
const vectorOf = (row: number) => Float32Array.from({ length: 4 }, (_, i) => Math.sin(row * 4 + i));

async function toy(photos: number, captions?: typeof CAPTIONS): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const writer = new GalleryWriter(memorySource(files), HEAD, undefined, {}, captions);
  // In uneven batches, as photos come.
  for (let from = 0, step = 1; from < photos; from += step, step *= 50) {
    const rows = Math.min(step, photos - from);
    const vectors = new Float32Array(rows * 4);
    for (let row = 0; row < rows; row++) vectors.set(vectorOf(from + row), row * 4);
    const items = Array.from({ length: rows }, (_, i) => ({ id: `${from + i}` }));
    await writer.addImages(vectors, items);
  }
  await writer.finish();
  return files;
}

const manifestOf = (files: Map<string, Uint8Array<ArrayBuffer>>) => JSON.parse(new TextDecoder().decode(files.get("gallery.json")));
const spreads = async (files: Map<string, Uint8Array<ArrayBuffer>>) => (await openGallery(memorySource(files))).spreads();

describe("what photos give to queries in general", () => {
  it("is kept of every photo, over several files", async () => {
    const files = await toy(66_000, CAPTIONS);
    expect(manifestOf(files).tables.calibration).toMatchObject({ digest: CAPTIONS.digest, files: [{ rows: 65_536 }, { rows: 464 }] });
    const of = (await spreads(files))!;
    for (const row of [0, 1, 65_535, 65_536, 65_999]) {
      const { mean, deviation } = spreadOver(CAPTIONS.bank, vectorOf(row));
      expect(of(row).mean).toBeCloseTo(mean, 5);
      expect(of(row).deviation).toBeCloseTo(deviation, 5);
    }
  });

  it("is not there in a gallery that was made without a calibration", async () => {
    const files = await toy(3);
    expect([...files.keys()].some((path) => path.startsWith("calibration"))).toBe(false);
    expect(await spreads(files)).toBeUndefined();
  });

  it.each([
    ["of a later version", (t: Record<string, any>) => (t.version = 2)],
    ["without the digest of its captions", (t: Record<string, any>) => delete t.digest],
    ["of fewer photos", (t: Record<string, any>) => (t.files[0].rows = 3)],
    ["of another size than its photos need", (t: Record<string, any>) => (t.files[0].bytes = 95)],
    ["outside the gallery", (t: Record<string, any>) => (t.files[0].file = "../0000.dot")],
  ])("%s is refused when the gallery is opened", async (_, change) => {
    const files = await toy(4, CAPTIONS);
    const manifest = manifestOf(files);
    change(manifest.tables.calibration);
    files.set("gallery.json", new TextEncoder().encode(JSON.stringify(manifest)));
    await expect(openGallery(memorySource(files))).rejects.toMatchObject({ code: expect.stringMatching(/bad-manifest|bad-path/) });
  });

  it("that was altered is refused, and so is what no encoder gives", async () => {
    const files = await toy(4, CAPTIONS);
    files.get(FILE)!.fill(1, 70, 71);
    await expect(spreads(files)).rejects.toMatchObject({ code: "altered", message: expect.stringContaining(FILE) });
    const bytes = (await toy(4, CAPTIONS)).get(FILE)!;
    const refused: [change: (view: DataView) => void, message: RegExp][] = [
      [(view) => view.setFloat32(64, Number.NaN, true), /a spread is NaN/],
      [(view) => view.setFloat32(68, -1, true), /a spread is NaN, infinite or negative/],
      [(view) => view.setUint16(6, 32, true), /kind is 32, expected 48/],
      [(view) => view.setUint32(12, 3, true), /dimension is 3, expected 2/],
    ];
    for (const [change, message] of refused) {
      const damaged = bytes.slice();
      change(new DataView(damaged.buffer));
      files.set(FILE, damaged);
      const manifest = manifestOf(files);
      manifest.tables.calibration.files[0] = { file: FILE, rows: 4, ...(await recordOf(damaged)) };
      files.set("gallery.json", new TextEncoder().encode(JSON.stringify(manifest)));
      await expect(spreads(files)).rejects.toMatchObject({ code: "bad-shard", message: expect.stringMatching(message) });
    }
  });
});
