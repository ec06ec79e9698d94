import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordOf } from "../files/digest";
import { memorySource, type Source } from "../files/source";
import { halve, unhalve } from "../retrieval/half";
import { quantise } from "../retrieval/planes";
import { Scan } from "../retrieval/scan";
import { exactRows } from "./exact-rows";
import { fill } from "./fill";
import type { GalleryManifest } from "./manifest";
import { parseManifest } from "./manifest-check";
import { openGallery } from "./reader";
import { readExact, readFirst, readLater, writeExact, writePlane } from "./shard";
import { GalleryWriter } from "./writer";

const THUMB = { file: "thumbs/0.webp", bytes: 3, sha256: "0".repeat(64), width: 1, height: 1 };
const HEAD = { name: "toy", pack: { id: "p", fingerprint: "f" }, dimension: 4, metric: "dot" } as const;

/** A gallery of n photos, each with a caption, in memory. */
async function toy(n = 600): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const writer = new GalleryWriter(memorySource(files), HEAD);
  const vectors = Float32Array.from({ length: n * 4 }, (_, i) => Math.sin(i));
  const half = Math.floor(n / 2);
  const items = Array.from({ length: n }, (_, i) => ({ id: `p${i}.jpg`, captions: [`photo ${i}`] }));
  await writer.addImages(vectors.slice(0, half * 4), items.slice(0, half));
  await writer.addImages(vectors.slice(half * 4), items.slice(half));
  await writer.addCaptions(
    "en",
    vectors,
    Array.from({ length: n }, (_, image) => ({ text: `photo ${image}`, image, relevant: [image] })),
  );
  await writer.finish();
  return files;
}

const manifestOf = (files: Map<string, Uint8Array<ArrayBuffer>>) =>
  JSON.parse(new TextDecoder().decode(files.get("gallery.json"))) as GalleryManifest;
const put = (files: Map<string, Uint8Array<ArrayBuffer>>, path: string, value: unknown) =>
  files.set(path, new TextEncoder().encode(JSON.stringify(value)));
async function readAll(files: Map<string, Uint8Array<ArrayBuffer>>) {
  const scan = new Scan(4);
  const gallery = await openGallery(memorySource(files));
  await fill(scan, gallery.vectors());
  return scan;
}

describe("a shard", () => {
  it("round-trips any rows, its codes as views", () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 30 }))
      .chain(([d, n]) =>
        fc.tuple(fc.constant(d), fc.array(fc.float({ noNaN: true, min: -5, max: 5 }), { minLength: n * d, maxLength: n * d })),
      );
    fc.assert(
      fc.property(rows, ([dimension, values]) => {
        const vectors = Float32Array.from(values);
        const halves = halve(vectors, dimension);
        const before = quantise(vectors, dimension, 3, halves);
        const [one, two, three] = [1, 2, 3].map((plane) => writePlane(before, plane)) as [
          Uint8Array<ArrayBuffer>,
          ...Uint8Array<ArrayBuffer>[],
        ];
        const first = readFirst(one, "s", before);
        expect(first.planes[0]!.buffer).toBe(one.buffer);
        const { codes, meta } = readLater(two!, "s", 2, before);
        const planes = [first.planes[0]!, codes, readLater(three!, "s", 3, before).codes];
        expect({ ...first, planes, meta }).toEqual(before);
        expect(readExact(writeExact(halves), "s", before)).toEqual(halves);
      }),
    );
  });

  const vectors = Float32Array.from({ length: 40 }, (_, i) => i + 1);
  const good = () => writePlane(quantise(vectors, 4), 1);
  const set = (at: number, value: number) => {
    const bytes = good();
    bytes[at] = value;
    return bytes;
  };
  it.each([
    ["empty", new Uint8Array(0), "bad-shard", /length is 0/],
    ["of another kind of file", set(0, 0x50), "bad-shard", /magic/],
    ["of version 1", set(4, 1), "unsupported-version", /version 1.*version 2/],
    ["of version 9", set(4, 9), "unsupported-version", /version 9.*version 2/],
    ["of another plane", set(6, 3), "bad-shard", /kind is 3, expected 1/],
    ["of more rows than the manifest says", set(8, 11), "bad-shard", /rows is 11, expected 10/],
    ["of another dimension", set(12, 5), "bad-shard", /dimension is 5, expected 4/],
    ["cut short", good().slice(0, -1), "bad-shard", /length/],
    ["with a centre that is no number", set(67, 0xff), "bad-shard", /centre/],
    ["with a scale that is no number", set(131, 0xff), "bad-shard", /scale/],
    ["with a bound that is no number", set(19, 0xff), "bad-shard", /bound/],
  ] as const)("%s is refused", (_, bytes, code, message) => {
    expect(() => readFirst(bytes, "s.dot", { rows: 10, dimension: 4 })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it("with bounds of rows that are no numbers is refused", () => {
    const plane = writePlane(quantise(vectors, 4), 2);
    plane[64 + 3] = 0xff;
    expect(() => readLater(plane, "s.dot", 2, { rows: 10, dimension: 4 })).toThrow(/a bound is negative/);
    const exact = writeExact(halve(vectors, 4));
    exact[64 + 3] = 0xff;
    expect(() => readExact(exact, "s.dot", { rows: 10, dimension: 4 })).toThrow(/a scale is negative/);
  });
});

describe("a gallery", () => {
  it("gives back its vectors, items and captions", async () => {
    const files = await toy();
    const gallery = await openGallery(memorySource(files));
    expect(gallery.manifest.count).toBe(600);
    const photos = await readAll(files);
    expect(photos.vector(599)[2]).toBeCloseTo(Math.sin(599 * 4 + 2), 3);
    expect((await photos.search(Float32Array.of(1, 0, 0, 0), 5)).of).toBe("full");
    const captions = new Scan(4);
    await fill(captions, gallery.captionVectors("en"));
    expect(captions.vector(599)[2]).toBeCloseTo(Math.sin(599 * 4 + 2), 1);
    // Rows of three fragments, in the order asked for.
    expect((await gallery.items([599, 0, 250])).map(({ id }) => id)).toEqual(["p599.jpg", "p0.jpg", "p250.jpg"]);
    expect(await Promise.all(["p0.jpg", "p599.jpg", "p250.jpg", "p600.jpg"].map((id) => gallery.rowOf(id)))).toEqual([
      0,
      599,
      250,
      undefined,
    ]);
    expect(await (await openGallery(memorySource(files))).rowOf("p599.jpg")).toBe(599);
    expect(await gallery.captionTexts("en", [300])).toEqual([{ text: "photo 300", image: 300, relevant: [300] }]);
    await expect(gallery.captionTexts("de", [0])).rejects.toMatchObject({ message: expect.stringMatching(/"de" \(there are: en\)/) });
  });

  it("gives full-precision rows one by one, from verified blocks", async () => {
    const files = await toy(20_000);
    const source = memorySource(files);
    const { manifest } = await openGallery(source);
    const entries = manifest.tables.vectors!.exact!;
    expect(entries).toHaveLength(2);
    const reader = exactRows(source, entries, 4);
    const rows = [0, 5461, 16_383, 16_384, 19_999];
    const whole = unhalve(
      halve(
        Float32Array.from({ length: 4 }, (_, i) => Math.sin(19_999 * 4 + i)),
        4,
      ),
      0,
    );
    const read = await reader.read(rows);
    expect([...read[4]!]).toEqual([...whole]);
    for (const [i, row] of rows.entries()) expect(read[i]![2]).toBeCloseTo(Math.sin(row * 4 + 2), 3);
    const file = files.get("exact/0001.dot")!;
    file[file.length - 1] = file[file.length - 1]! ^ 1;
    await expect(reader.read([19_999])).rejects.toMatchObject({ code: "altered" });
    expect((await reader.read([0]))[0]![1]).toBeCloseTo(Math.sin(1), 3);
  });

  it("too large for memory is searched by its first planes and the full rows of the best", async () => {
    const gallery = await openGallery(memorySource(await toy(190)));
    const [whole, coarse] = [new Scan(4), new Scan(4)];
    await fill(whole, gallery.vectors());
    await fill(coarse, gallery.vectors({}, true));
    coarse.setReader(gallery.exactRows(true)!);
    const query = Float32Array.of(0.3, -0.2, 0.9, 0.1);
    const [expected, answer] = [await whole.search(query, 10), await coarse.search(query, 10)];
    expect(answer).toMatchObject({ exact: false, of: "full" });
    expect(answer.hits).toEqual(expected.hits);
    expect(coarse.memory.used).toBeLessThan(whole.memory.used);
  });

  it("does not open half-written", async () => {
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    const writer = new GalleryWriter(memorySource(files), HEAD);
    await writer.addImages(
      new Float32Array(4000),
      Array.from({ length: 1000 }, (_, i) => ({ id: `${i}` })),
    );
    await expect(openGallery(memorySource(files))).rejects.toMatchObject({ code: "missing-file" });
  });

  const spoil: [string, (files: Map<string, Uint8Array<ArrayBuffer>>) => unknown, string][] = [
    ["a truncated shard", (f) => f.set("vectors/0000.2.dot", f.get("vectors/0000.2.dot")!.slice(0, 900)), "truncated"],
    ["an altered shard", (f) => f.get("vectors/0000.2.dot")!.fill(1, 500, 501), "altered"],
    ["a missing shard", (f) => f.delete("vectors/0000.2.dot"), "missing-file"],
  ];
  it.each(spoil)("with %s says so and answers nothing", async (_, change, code) => {
    const files = await toy();
    change(files);
    await expect(readAll(files)).rejects.toMatchObject({ code, message: expect.stringContaining("0000.2.dot") });
  });

  it("reads what comes after the first planes only when that is wanted", async () => {
    const source = memorySource(await toy());
    const asked: string[] = [];
    const heard: Source = {
      ...source,
      read(path, options) {
        asked.push(path);
        return source.read(path, options);
      },
    };
    let goOn = () => {};
    const later = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const pieces = (await openGallery(heard)).vectors({ later });
    expect((await pieces.next()).value).toMatchObject({ part: "first" });
    const next = pieces.next();
    await new Promise((done) => setImmediate(done));
    expect(asked.filter((path) => path.endsWith(".dot"))).toEqual(["vectors/0000.1.dot"]);
    goOn();
    expect((await next).value).toMatchObject({ part: "later" });
    expect(asked.filter((path) => path.endsWith(".dot")).length).toBeGreaterThan(1);
  });

  it("with a missing fragment can be read again when it is there", async () => {
    const files = await toy();
    const fragment = files.get("items/0001.json")!;
    files.delete("items/0001.json");
    const gallery = await openGallery(memorySource(files));
    await expect(gallery.items([300])).rejects.toMatchObject({ code: "missing-file" });
    files.set("items/0001.json", fragment);
    expect((await gallery.items([300]))[0]!.id).toBe("p300.jpg");
  });

  it.each([
    ["a thumbnail outside the gallery", { id: "a", thumb: { ...THUMB, file: "../../secret.png" } }, "bad-path"],
    ["a thumbnail of another host", { id: "a", thumb: { ...THUMB, file: "https://tracker.example/x.png" } }, "bad-path"],
    ["a large picture outside the gallery", { id: "a", large: { ...THUMB, file: "../../secret.png" } }, "bad-path"],
    ["an original outside the gallery", { id: "a", original: "../../secret.jpg" }, "bad-path"],
    ["an original that is a script", { id: "a", original: "javascript:alert(1)" }, "bad-path"],
    ["an original that is no text", { id: "a", original: 5 }, "bad-manifest"],
    ["a thumbnail without a digest", { id: "a", thumb: { ...THUMB, sha256: "" } }, "bad-manifest"],
    ["a colour that is a style", { id: "a", color: "url(x)" }, "bad-manifest"],
    ["a caption that is no text", { id: "a", captions: [{}] }, "bad-manifest"],
  ])("with %s is refused", async (_, item, code) => {
    const files = await toy(1);
    const fragment = new TextEncoder().encode(JSON.stringify([item]));
    files.set("items/0000.json", fragment);
    const manifest = manifestOf(files);
    manifest.tables.items.fragments[0] = { file: "items/0000.json", rows: 1, ...(await recordOf(fragment)) };
    put(files, "gallery.json", manifest);
    await expect((await openGallery(memorySource(files))).items([0])).rejects.toMatchObject({ code });
  });
});

describe("gallery.json", () => {
  const ENTRY = { file: "x", rows: 1, bytes: 76, sha256: "0".repeat(64) };
  const TABLE = { version: 1, kind: "chroma", url: "https://example.org", collection: "c", digest: "d", sample: ENTRY, facets: ENTRY };
  const engine = (changed: object) => (m: Record<string, any>) => {
    delete m.tables.vectors;
    m.tables.engine = { ...TABLE, ...changed };
  };

  const changes: [string, (m: Record<string, any>) => void, string, RegExp][] = [
    ["of another kind", (m) => (m.format = "pmtiles"), "bad-manifest", /dotlight-gallery/],
    ["of version 2", (m) => (m.version = 2), "unsupported-version", /version 2.*version 1/],
    ["of no photos", (m) => (m.count = 0), "empty-gallery", /no photos/],
    ["with fewer rows than photos", (m) => (m.count = 601), "bad-manifest", /601 rows in all, found 600/],
    ["with a negative size", (m) => (m.tables.vectors.planes[0][0].bytes = -1), "bad-manifest", /bytes/],
    ["with a shard too small for its rows", (m) => (m.tables.vectors.planes[1][0].bytes = 100), "bad-manifest", /planes\[1\]\[0\]\.bytes/],
    ["with a shard outside", (m) => (m.tables.vectors.planes[0][0].file = "../x.dot"), "bad-path", /x\.dot/],
    ["without a digest", (m) => (m.tables.vectors.planes[0][0].sha256 = "abc"), "bad-manifest", /sha256/],
    ["with vectors of the first version", (m) => (m.tables.vectors.version = 1), "unsupported-version", /version 1.*version 2/],
    ["without planes", (m) => (m.tables.vectors.planes = []), "bad-manifest", /one to three/],
    ["with a plane of fewer shards", (m) => m.tables.vectors.planes[2].pop(), "bad-manifest", /planes\[2\]/],
    ["without digests of the full rows' blocks", (m) => delete m.tables.vectors.exact[0].blocks, "bad-manifest", /blocks/],
    ["with a huge dimension", (m) => (m.dimension = 1e9), "bad-manifest", /dimension/],
    ["with fragments of other sizes", (m) => (m.tables.items.perFragment = 200), "bad-manifest", /fragments\[0\]/],
    ["with an engine that is none of ours", engine({ kind: "oracle" }), "bad-manifest", /engine\.kind/],
    ["with an engine that is asked in the clear", engine({ url: "http://example.org/" }), "bad-manifest", /engine\.url.*https/],
    ["with an engine's address that is a script", engine({ url: "javascript:alert(1)" }), "bad-manifest", /engine\.url/],
    ["with an engine's address that names somebody", engine({ url: "https://me@example.org" }), "bad-manifest", /engine\.url/],
    ["with an engine's sample of another size", engine({ sample: { ...ENTRY, bytes: 5 } }), "bad-manifest", /sample\.bytes/],
    ["with an engine's sample outside", engine({ sample: { ...ENTRY, file: "../x" } }), "bad-path", /x/],
    ["without a pack", (m) => delete m.pack, "bad-manifest", /pack/],
  ];
  it.each(changes)("%s is refused", async (_, change, code, message) => {
    const manifest = manifestOf(await toy());
    change(manifest);
    expect(() => parseManifest(manifest, "gallery.json")).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it("that is anything at all never throws anything but a DotlightError", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          parseManifest(value, "g");
        } catch (error) {
          expect((error as Error).name).toBe("DotlightError");
        }
      }),
    );
  });
});
