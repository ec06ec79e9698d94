import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DotlightError } from "../files/errors";
import { memorySource } from "../files/source";
import { openGallery } from "../gallery/reader";
import { packOf } from "../union";
import { createSearcher } from "./node.node";

const GALLERY = fileURLToPath(new URL("../../public/galleries/diorama", import.meta.url));
const WORDS = "a red car in the snow";

describe("createSearcher in Node", () => {
  test("one gallery's answer has what the gallery says of each photo, with addresses", async () => {
    const stages = new Set<string>();
    const partial: number[] = [];
    const searcher = await createSearcher(GALLERY, { onProgress: ({ stage }) => stages.add(stage) });
    const { photos, total, exact } = await searcher.search(WORDS, { k: 3, onPartial: (answer) => partial.push(answer.photos.length) });
    expect([...stages].sort()).toEqual(["text encoder", "vectors"]);
    expect(partial).toEqual([3]);
    expect({ total, exact }).toEqual({ total: 1000, exact: true });
    const [url] = searcher.galleries.map((gallery) => gallery.url);
    expect(photos[0]).toMatchObject({ gallery: url, id: expect.stringMatching(/\.jpg$/), thumbnail: { width: 256, height: 256 } });
    const bytes = await readFile(new URL(photos[0]!.thumbnail!.url));
    expect(bytes.subarray(8, 12).toString()).toBe("WEBP");
  });

  test("several galleries are one: the best of all, equal scores in the galleries' order", async () => {
    const one = await (await createSearcher(GALLERY)).search(WORDS, { k: 10 });
    const vectors: number[] = [];
    const twice = await createSearcher([GALLERY, GALLERY], {
      onProgress: ({ stage, loaded, total }) => stage === "vectors" && vectors.push(loaded / total),
    });
    const { photos, total } = await twice.search(WORDS, { k: 19 });
    expect(total).toBe(2000);
    expect(photos.map(({ id, score }) => [id, score])).toEqual(
      one.photos
        .flatMap(({ id, score }) => [
          [id, score],
          [id, score],
        ])
        .slice(0, 19),
    );
    expect(vectors.at(-1)).toBe(1);
    expect(Math.max(...vectors)).toBe(1);
  });

  test.each([0, -1, 1.5, Number.NaN])("k of %s is refused, in words", async (k) => {
    const searcher = await createSearcher(GALLERY);
    await expect(searcher.search(WORDS, { k })).rejects.toMatchObject({ code: "usage", message: expect.stringContaining(`k is ${k}`) });
  });

  test("a query has parts: what is left out is not found, a photo finds its like, and one that is not there is named", async () => {
    const searcher = await createSearcher([GALLERY, GALLERY]);
    const idsOf = async (query: string, k = 10) => (await searcher.search(query, { k })).photos;
    const atNight = /\b(night|moonlight|stars|dark)\b/i;
    const dark = (photos: { captions?: string[] }[]) => photos.filter(({ captions }) => captions!.some((caption) => atNight.test(caption)));
    expect(dark(await idsOf("castle"))).not.toEqual([]);
    expect(dark(await idsOf("castle -night"))).toEqual([]);
    expect((await idsOf("like:images/000000.jpg", 1))[0]!.id).toBe("images/000000.jpg");
    expect((await idsOf('like:images/000003.jpg "at night"')).length).toBe(10);
    await expect(searcher.search("like:images/gone.jpg")).rejects.toMatchObject({
      code: "bad-query",
      message: expect.stringContaining("images/gone.jpg"),
    });
    await expect(searcher.search("a puppy -dog")).rejects.toMatchObject({
      code: "bad-query",
      message: expect.stringMatching(/puppy.*dog.*same/),
    });
    await expect(searcher.search(" ")).rejects.toMatchObject({ code: "bad-query" });
  });

  test("a signal ends loading and searching; a closed searcher says that it is", async () => {
    await expect(createSearcher(GALLERY, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    const searcher = await createSearcher(GALLERY);
    const aborting = new AbortController();
    const aborted = searcher.search(WORDS, { signal: aborting.signal });
    aborting.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    const waiting = searcher.search(WORDS);
    searcher.close();
    await expect(waiting).rejects.toMatchObject({ code: "usage", message: "This searcher has been closed." });
    await expect(searcher.search(WORDS)).rejects.toBeInstanceOf(DotlightError);
  });

  test("a pack is looked for where `packs` says", async () => {
    const packs = new URL("../../public/packs", import.meta.url);
    expect((await createSearcher(GALLERY, { packs })).model.id).toBe("diorama");
    await expect(createSearcher(GALLERY, { packs: "/nowhere" })).rejects.toMatchObject({ code: "missing-file" });
  });
});

test("galleries of different models are refused together, by name", async () => {
  const manifest = JSON.parse(await readFile(`${GALLERY}/gallery.json`, "utf8"));
  const galleryOf = (name: string, pack: object) =>
    openGallery(memorySource(new Map([["gallery.json", new Uint8Array(Buffer.from(JSON.stringify({ ...manifest, name, pack })))]])));
  const [ours, same] = [await galleryOf("ours", manifest.pack), await galleryOf("same", manifest.pack)];
  expect(packOf([ours, same])).toBe("diorama");
  const other = await galleryOf("theirs", { id: "diorama", fingerprint: "f".repeat(64) });
  expect(() => packOf([ours, same, other])).toThrow(/"ours" was made .*"theirs" was made .*scores of different models cannot be compared/);
});
