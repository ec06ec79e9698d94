import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClusteredPhotos } from "./clustered-photos";
import { clusterGallery } from "./clusterer";
import { Pack } from "./encoders/pack";
import { directorySource } from "./files/directory.node";
import { memorySource, type Source } from "./files/source";
import type { ClusterTable } from "./gallery/clusters";
import type { GalleryManifest } from "./gallery/manifest";
import { type Gallery, openGallery } from "./gallery/reader";
import { GalleryWriter } from "./gallery/writer";
import { halve, unhalve } from "./retrieval/half";
import { quantise } from "./retrieval/planes";
import { Scan } from "./retrieval/scan";
import { rowsOf, type Shape } from "./retrieval/test-rows";

const pack = await Pack.open(directorySource("public/packs/diorama"));
const code = (value: string) => expect.objectContaining({ code: value });

/** A gallery of these rows, clustered, in memory. */
async function clustered(vectors: Float32Array, dimension: number, how: { lists?: number; alone?: boolean } = {}) {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const source = memorySource(files);
  const writer = new GalleryWriter(source, { name: "rows", pack: { id: "x", fingerprint: "x" }, dimension, metric: "dot" });
  await writer.addImages(
    vectors,
    Array.from({ length: vectors.length / dimension }, (_, i) => ({ id: String(i) })),
  );
  await writer.finish();
  const texts = Array.from({ length: 12 }, (_, i) => rowsOf("random", 900 + i, 1, dimension));
  await clusterGallery(await openGallery(source), source, { texts, folder: "", ...how });
  return { gallery: await openGallery(source), files, source };
}

const photosOf = (gallery: Gallery, table: Partial<ClusterTable> = {}) =>
  new ClusteredPhotos(gallery, pack, { ...gallery.manifest.tables.clusters!, ...table }, () => () => {});

async function exactScan(vectors: Float32Array, dimension: number, query: Float64Array, k: number, filter?: Uint8Array) {
  const scan = new Scan(dimension);
  const halves = halve(vectors, dimension);
  scan.add(quantise(vectors, dimension, 3, halves), halves);
  return (await scan.search(query, k, { mode: "exact", ...(filter ? { filter } : {}) })).hits;
}

describe("a clustered gallery", () => {
  it("gives the exact scan's answer when all lists are read and all of their rows looked at", async () => {
    const shapes = fc.constantFrom<Shape>("random", "clustered", "duplicated", "with zeros", "mixed sizes");
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          shape: shapes,
          seed: fc.integer({ min: 1, max: 1e9 }),
          dimension: fc.constantFrom(3, 40, 130),
          rows: fc.integer({ min: 1, max: 90 }),
          lists: fc.integer({ min: 1, max: 9 }),
          alone: fc.boolean(),
          every: fc.integer({ min: 1, max: 3 }),
        }),
        async ({ shape, seed, dimension, rows, lists, alone, every }) => {
          const vectors = rowsOf(shape, seed, rows, dimension);
          const { gallery } = await clustered(vectors, dimension, { lists, alone });
          const query = Float64Array.from(rowsOf("random", seed + 1, 1, dimension));
          const filter = new Uint8Array(Math.ceil(rows / 8));
          for (let row = 0; row < rows; row += every) filter[row >> 3]! |= 1 << (row & 7);
          const photos = photosOf(gallery, { probes: gallery.manifest.tables.clusters!.lists });
          const answer = await photos.search({ vector: query, against: [] }, rows, { filter });
          expect(answer).toMatchObject({ exact: true, of: "full", total: rows });
          expect(answer.hits).toEqual(await exactScan(vectors, dimension, query, rows, filter));
        },
      ),
      { numRuns: 15 },
    );
  });

  it("is the same whenever it is made", async () => {
    const vectors = rowsOf("random", 5, 300, 16);
    const [one, other] = [await clustered(vectors, 16, { lists: 6 }), await clustered(vectors, 16, { lists: 6 })];
    expect(one.gallery.manifest).toEqual(other.gallery.manifest);
  });

  it("reads the lists that are near, each once, and no others", async () => {
    const vectors = rowsOf("clustered", 7, 600, 64);
    const { gallery, source } = await clustered(vectors, 64, { lists: 20 });
    const read: number[] = [];
    const counting: Source = {
      ...source,
      parts: (path, record, parts) => {
        read.push(...parts.map(({ start }) => start));
        return source.parts(path, record, parts);
      },
    };
    const photos = photosOf(await openGallery(counting), { probes: 4 });
    const query = { vector: Float64Array.from(vectors.subarray(0, 64)), against: [] };
    const first = await photos.search(query, 5, {});
    const bytes = read.length;
    expect(first.total).toBeLessThan(600);
    const [best] = await exactScan(vectors, 64, query.vector, 1);
    expect(first.hits[0]!.score).toBeGreaterThan(0.999 * best!.score);
    expect(await photos.search(query, 5, {})).toEqual(first);
    expect(read.length).toBe(bytes);
    expect(gallery.manifest.tables.clusters!.lists).toBeGreaterThan(4);
  });

  it("gives more photos than it keeps in full", async () => {
    const vectors = rowsOf("random", 13, 2400, 8);
    const { gallery } = await clustered(vectors, 8, { lists: 3 });
    const query = Float64Array.from(rowsOf("random", 14, 1, 8));
    const photos = photosOf(gallery, { probes: 3 });
    for (const k of [2300, 5])
      expect((await photos.search({ vector: query, against: [] }, k, {})).hits).toEqual(await exactScan(vectors, 8, query, k));
  });

  it("finds a photo's own vector and photos from all over", async () => {
    const vectors = rowsOf("random", 9, 300, 32);
    const { gallery } = await clustered(vectors, 32, { lists: 5 });
    const photos = photosOf(gallery);
    const halves = halve(vectors, 32);
    expect(await photos.vectors([17, 299, 17])).toEqual([17, 299, 17].map((row) => unhalve(halves, row)));
    expect((await photos.sample()).length).toBe(300);
  });

  it("goes on when its lists no longer fit the memory that they may take", async () => {
    const vectors = rowsOf("random", 11, 200, 32);
    const { gallery } = await clustered(vectors, 32, { lists: 12 });
    const few = new ClusteredPhotos(gallery, pack, { ...gallery.manifest.tables.clusters!, probes: 4 }, () => () => {}, 1);
    const many = photosOf(gallery, { probes: 4 });
    for (let seed = 1; seed < 6; seed++) {
      const query = { vector: Float64Array.from(rowsOf("random", seed, 1, 32)), against: [] };
      expect(await few.search(query, 5, {})).toEqual(await many.search(query, 5, {}));
    }
  });

  it.each([
    ["a list", "clusters/0000.dot", "altered"],
    ["a full-precision row", "clusters/exact/0000.dot", "altered"],
    ["the index", "clusters/index.dot", "altered"],
  ])("says when %s is not what it should be", async (_, file, expected) => {
    const vectors = rowsOf("random", 3, 200, 32);
    const { gallery, files } = await clustered(vectors, 32, { lists: 1 });
    files.set(file, files.get(file)!.map((byte, i) => (i % 64 === 40 ? byte ^ 1 : byte)) as Uint8Array<ArrayBuffer>);
    const photos = photosOf(gallery);
    await expect(photos.search({ vector: Float64Array.from(vectors.subarray(0, 32)), against: [] }, 5, {})).rejects.toEqual(code(expected));
  });

  it.each<[string, (table: ClusterTable) => unknown]>([
    ["of another version", (table) => ({ ...table, version: 2 })],
    ["more lists than rows", (table) => ({ ...table, lists: 1e6 })],
    ["no lists read", (table) => ({ ...table, probes: 0 })],
    ["a file's rows missing", (table) => ({ ...table, files: table.files.slice(1) })],
    ["a path out of the gallery", (table) => ({ ...table, index: { ...table.index, file: "../index.dot" } })],
  ])("refuses a table %s", async (_, spoil) => {
    const { gallery, files, source } = await clustered(rowsOf("random", 3, 60, 16), 16, { lists: 4 });
    const manifest = structuredClone(gallery.manifest) as GalleryManifest;
    manifest.tables.clusters = spoil(manifest.tables.clusters!) as ClusterTable;
    files.set("gallery.json", new TextEncoder().encode(JSON.stringify(manifest)));
    await expect(openGallery(source)).rejects.toMatchObject({ code: expect.stringMatching(/bad-manifest|bad-path/) });
  });
});
