import { describe, expect, it } from "vitest";
import { recordOf } from "../files/digest";
import { memorySource } from "../files/source";
import { mapGallery } from "../mapper";
import { tableFiles } from "./files";
import { openGallery } from "./reader";
import { GalleryWriter } from "./writer";

const HEAD = { name: "toy", pack: { id: "p", fingerprint: "f" }, dimension: 4, metric: "dot" } as const;
const FILE = "t/map.dot";
type Files = Map<string, Uint8Array<ArrayBuffer>>;

async function unmapped(photos: number): Promise<Files> {
  const files: Files = new Map();
  const writer = new GalleryWriter(memorySource(files), HEAD, undefined, { folder: "t/" });
  const vectors = Float32Array.from({ length: photos * 4 }, (_, i) => Math.sin(i * i));
  const items = Array.from({ length: photos }, (_, i) => ({ id: `${i}` }));
  await writer.addImages(vectors, items);
  await writer.finish();
  return files;
}

async function mapped(photos: number): Promise<Files> {
  const files = await unmapped(photos);
  await mapGallery(await openGallery(memorySource(files)), memorySource(files), { folder: "t/" });
  return files;
}

const manifestOf = (files: Files) => JSON.parse(new TextDecoder().decode(files.get("gallery.json")));
const put = (files: Files, manifest: unknown) => files.set("gallery.json", new TextEncoder().encode(JSON.stringify(manifest)));
const positions = async (files: Files) => (await openGallery(memorySource(files))).positions();

describe("where photos lie in a map", () => {
  it("is one small file among the gallery's tables, and comes back as it was written", async () => {
    const files = await mapped(30);
    const { tables } = manifestOf(files);
    expect(tables.map).toEqual({ version: 1, file: { file: FILE, rows: 30, ...(await recordOf(files.get(FILE)!)) } });
    expect(tableFiles(tables).map(({ file }) => file)).toContain(FILE);
    expect(files.get(FILE)!.length).toBe(64 + 30 * 4);
    const found = await positions(files);
    expect([...found!]).toEqual([...new Uint16Array(files.get(FILE)!.slice(64).buffer)]);
  });

  it("is not known of a gallery that was made without", async () => {
    const files = await unmapped(3);
    expect(files.has(FILE)).toBe(false);
    expect(await positions(files)).toBeUndefined();
  });

  it.each([
    ["of a later version", (t: Record<string, any>) => (t.version = 2)],
    ["without a file", (t: Record<string, any>) => delete t.file],
    ["of fewer photos", (t: Record<string, any>) => (t.file.rows = 3)],
    ["of another size than its photos need", (t: Record<string, any>) => (t.file.bytes = 79)],
    ["without a digest", (t: Record<string, any>) => delete t.file.sha256],
    ["outside the gallery", (t: Record<string, any>) => (t.file.file = "../map.dot")],
  ])("%s is refused when the gallery is opened", async (_, change) => {
    const files = await mapped(4);
    const manifest = manifestOf(files);
    change(manifest.tables.map);
    put(files, manifest);
    await expect(openGallery(memorySource(files))).rejects.toMatchObject({ code: expect.stringMatching(/bad-manifest|bad-path/) });
  });

  it("is refused by name where the file was altered, cut short or is another", async () => {
    const files = await mapped(4);
    const bytes = files.get(FILE)!;
    const altered = bytes.slice();
    altered[70]! ^= 1;
    files.set(FILE, altered);
    await expect(positions(files)).rejects.toMatchObject({ code: "altered", message: expect.stringContaining(FILE) });
    files.set(FILE, bytes.slice(0, -1));
    await expect(positions(files)).rejects.toMatchObject({ code: "truncated", message: expect.stringContaining(FILE) });
    const refused: [change: (view: DataView) => void, message: RegExp][] = [
      [(view) => view.setUint16(6, 48, true), /kind is 48, expected 64/],
      [(view) => view.setUint32(8, 5, true), /number of rows is 5, expected 4/],
      [(view) => view.setUint32(12, 3, true), /dimension is 3, expected 2/],
    ];
    for (const [change, message] of refused) {
      const damaged = bytes.slice();
      change(new DataView(damaged.buffer));
      files.set(FILE, damaged);
      const manifest = manifestOf(files);
      manifest.tables.map.file = { file: FILE, rows: 4, ...(await recordOf(damaged)) };
      put(files, manifest);
      await expect(positions(files)).rejects.toMatchObject({ code: "bad-shard", message: expect.stringMatching(message) });
    }
  });
});
