import { expect, it } from "vitest";
import { memorySource } from "../files/source";
import { openGallery } from "./reader";
import { GalleryWriter } from "./writer";

const HEAD = { name: "toy", pack: { id: "p", fingerprint: "f" }, dimension: 4, metric: "dot" } as const;

async function toy(captions: string[]): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const writer = new GalleryWriter(memorySource(files), HEAD, undefined, { folder: "t/" });
  for (const [i, caption] of captions.entries()) await writer.addImages(Float32Array.of(1, 2, 3, i), [{ id: `${i}`, captions: [caption] }]);
  await writer.finish();
  return files;
}

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;

it("a gallery tells what its captions say again and again, among its tables", async () => {
  const files = await toy(["Two dogs run.", "a cat"]);
  expect(files.has("t/phrases.json")).toBe(true);
  expect(await (await openGallery(memorySource(files))).phrases()).toContain("two dogs run");
});

it("a gallery without captions has nothing to tell", async () => {
  const files = await toy([""]);
  expect([...files.keys()].some((path) => path.endsWith("phrases.json"))).toBe(false);
  expect(await (await openGallery(memorySource(files))).phrases()).toEqual([]);
});

it("phrases that are damaged, or fewer than told, are refused by name", async () => {
  const files = await toy(["Two dogs run.", "a cat"]);
  const manifest = JSON.parse(new TextDecoder().decode(files.get("gallery.json")));
  files.set("t/phrases.json", text(["other"]));
  const gallery = await openGallery(memorySource(files));
  await expect(gallery.phrases()).rejects.toThrow(/phrases\.json/);
  for (const table of [{ version: 2 }, { version: 1 }, { version: 1, file: { ...manifest.tables.phrases.file, file: "../x" } }]) {
    files.set("gallery.json", text({ ...manifest, tables: { ...manifest.tables, phrases: table } }));
    await expect(openGallery(memorySource(files))).rejects.toMatchObject({ name: "DotlightError" });
  }
});
