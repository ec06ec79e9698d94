import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { directorySource } from "./files/directory.node";
import { memorySource } from "./files/source";
import { type Gallery, openGallery } from "./gallery/reader";
import { GalleryWriter } from "./gallery/writer";
import { mapGallery } from "./mapper";
import { MOST_MAPPED } from "./mapper-limits";
import { dot } from "./retrieval/dot";
import { unhalve } from "./retrieval/half";
import { layAmong, layOut, scaledTo16 } from "./retrieval/map/lay-out";

type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** A gallery of rows (rows x dimension), with its map. */
async function mapOf(rows: Float32Array, dimension: number): Promise<{ files: Files; positions: Uint16Array }> {
  const files: Files = new Map();
  const writer = new GalleryWriter(memorySource(files), {
    name: "toy",
    pack: { id: "p", fingerprint: "f" },
    dimension,
    metric: "dot",
  });
  const items = Array.from({ length: rows.length / dimension }, (_, i) => ({ id: `${i}` }));
  await writer.addImages(rows, items);
  await writer.finish();
  await mapGallery(await openGallery(memorySource(files)), memorySource(files), { folder: "" });
  return { files, positions: (await (await openGallery(memorySource(files))).positions())! };
}

/** What each vector has more than all in general, at the same length: by that the page looks for a photo's like. */
function owned(vectors: Float64Array[]): Float64Array[] {
  const mean = vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0) / vectors.length);
  return vectors.map((vector) => {
    const own = vector.map((value, i) => value - mean[i]!);
    const length = Math.hypot(...own);
    return own.map((value) => value / length);
  });
}

/** The `k` other rows that are nearest to one. */
function nearest(count: number, row: number, k: number, distance: (row: number, other: number) => number): number[] {
  const others = Array.from({ length: count }, (_, other) => other).filter((other) => other !== row);
  const far = new Map(others.map((other) => [other, distance(row, other)]));
  return others.sort((a, b) => far.get(a)! - far.get(b)!).slice(0, k);
}

/** Of the ten nearest of every seventh row the share that is among its fifty nearest in the map. */
function kept(vectors: Float64Array[], positions: ArrayLike<number>): number {
  const count = vectors.length;
  const own = owned(vectors);
  const apart = (a: number, b: number) =>
    (positions[a * 2]! - positions[b * 2]!) ** 2 + (positions[a * 2 + 1]! - positions[b * 2 + 1]!) ** 2;
  const rows = Array.from({ length: Math.ceil(count / 7) }, (_, i) => i * 7);
  const shares = rows.map((row) => {
    const inMap = new Set(nearest(count, row, 50, apart));
    return nearest(count, row, 10, (a, b) => -dot(own[a]!, own[b]!)).filter((other) => inMap.has(other)).length / 10;
  });
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}

describe("a map of the dioramas", () => {
  let gallery: Gallery;
  const vectors: Float64Array[] = [];
  let flat: Float32Array;
  beforeAll(async () => {
    gallery = await openGallery(directorySource(fileURLToPath(new URL("../public/galleries/diorama", import.meta.url))));
    for await (const rows of gallery.fullRows()) for (let row = 0; row < rows.rows; row++) vectors.push(unhalve(rows, row));
    flat = Float32Array.from(vectors.flatMap((vector) => [...vector]));
  });

  it("keeps neighbours: far more of the ten nearest stay among the nearest fifty than the twentieth that would by chance", async () => {
    expect(kept(vectors, (await gallery.positions())!)).toBeGreaterThan(0.45);
  });

  it("is the same every time, byte by byte", async () => {
    const some = flat.slice(0, 300 * 256);
    const [one, other] = [await mapOf(some, 256), await mapOf(some, 256)];
    expect(one.files.get("map.dot")).toEqual(other.files.get("map.dot"));
    expect(one.files.get("gallery.json")).toEqual(other.files.get("gallery.json"));
    expect(kept(vectors.slice(0, 300), one.positions)).toBeGreaterThan(0.5);
    const axes = [0, 1].map((axis) => one.positions.filter((_, i) => i % 2 === axis));
    for (const axis of axes) expect([Math.min(...axis), Math.max(...axis)]).toEqual([0, 65535]);
  });

  it("in which most are put among the others keeps them, too", () => {
    const own = Float32Array.from(owned(vectors).flatMap((vector) => [...vector]));
    const rows = own.slice(0, 300 * 256);
    const laid = { rows, positions: layOut(rows, 256) };
    expect(kept(vectors, [...laid.positions, ...layAmong(own.slice(300 * 256), laid, 256)])).toBeGreaterThan(0.25);
  });
});

describe("a map of any vectors", () => {
  it("has a place for every photo, of few, equal, zero, huge and denormal ones", async () => {
    const value = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true, min: -60000, max: 60000 }), fc.constantFrom(0, 1, 1e-40));
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 }), fc.boolean())
      .chain(([count, dimension, equal]) =>
        fc
          .array(value, { minLength: equal ? dimension : count * dimension, maxLength: equal ? dimension : count * dimension })
          .map((values) => ({
            count,
            dimension,
            values: Float32Array.from({ length: count * dimension }, (_, i) => values[i % values.length]!),
          })),
      );
    await fc.assert(
      fc.asyncProperty(rows, async ({ count, dimension, values }) => {
        const { positions } = await mapOf(values, dimension);
        expect(positions.length).toBe(count * 2);
        // Sixteen bits make a 0 of what is no number: it is looked for before that.
        const before = layOut(
          values.map((one) => Math.max(-1, Math.min(one, 1))),
          dimension,
        );
        expect(before.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it("is in the middle where nothing differs", () => {
    expect([...scaledTo16(Float32Array.of(3, 7, 3, 7))]).toEqual([32768, 32768, 32768, 32768]);
  });

  it("puts a photo between those that it is nearest to", () => {
    const laid = {
      rows: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1, 5, 5, 9, 9),
      positions: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1, 5, 5, 9, 9),
    };
    const [x, y] = layAmong(Float32Array.of(0.1, 0.1), laid, 2);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThan(2);
    expect(y).toBeCloseTo(x!, 5);
  });

  it("is not made of more photos than a page draws: their gallery stays as it is", async () => {
    const { files } = await mapOf(Float32Array.of(1, 2, 3, 4), 4);
    const gallery = await openGallery(memorySource(files));
    Object.assign(gallery.manifest, { count: MOST_MAPPED + 1 });
    const written = new Map<string, Uint8Array<ArrayBuffer>>();
    expect(await mapGallery(gallery, memorySource(written), { folder: "" })).toBe(gallery.manifest);
    expect(written.size).toBe(0);
  });
});
