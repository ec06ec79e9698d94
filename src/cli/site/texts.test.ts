import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { embeddedTexts, sidecars, titleOf } from "./texts";
import { walk } from "./walk";

const temporary = (): string => mkdtempSync(join(tmpdir(), "dotlight-"));

/** A folder of empty files, some with content. */
function folder(names: string[], content: Record<string, string> = {}): string {
  const made = temporary();
  for (const name of [...names, ...Object.keys(content)]) {
    mkdirSync(join(made, name, ".."), { recursive: true });
    writeFileSync(join(made, name), content[name] ?? "");
  }
  return made;
}

test("titles and captions beside the photos: a table, then a photo's own file", async () => {
  const place = folder(["a.jpg", "b.jpg", "below/a.jpg", "c.png"], {
    "captions.csv": '\uFEFFTitle,File,Caption\r\n"One, two",a.jpg,"He said ""no""\nand left"\r\n\r\nC,c.png\r\n,missing.jpg,x',
    "below/captions.csv": "file,caption\na.jpg,Below\n",
    "c.png.json": '{"caption": "by its file", "title": 5}',
    "b.json": '{"title": "  B\\u0000 ", "caption": ""}',
  });
  const { of, skipped } = await sidecars(await walk(place));
  expect(skipped).toEqual([]);
  expect(of.get("a.jpg")).toEqual({ title: "One, two", caption: 'He said "no" and left' });
  expect(of.get("b.jpg")).toEqual({ title: "B" });
  expect(of.get("below/a.jpg")).toEqual({ caption: "Below" });
  expect(of.get("c.png")).toEqual({ title: "C", caption: "by its file" });
});

test("a damaged file of texts is named, and the others are used", async () => {
  const place = folder(["a.jpg", "b.jpg"], { "a.json": "{", "captions.csv": "name,caption\na.jpg,x", "b.json": '{"title":"B"}' });
  const { of, skipped } = await sidecars(await walk(place));
  expect(skipped.map(({ name }) => name).sort()).toEqual([join(place, "a.json"), join(place, "captions.csv")]);
  expect([...of]).toEqual([["b.jpg", { title: "B" }]]);
});

test("a photo's own texts: XMP before EXIF, never what a camera wrote", async () => {
  const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: "#888" } }).jpeg();
  const texts = async (image: Sharp) => embeddedTexts(new Uint8Array(await image.toBuffer()));
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title</rdf:li></rdf:Alt></dc:title><dc:description><rdf:Alt><rdf:li xml:lang="x-default">Seen</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`;
  const described = (text: string) => ({ IFD0: { ImageDescription: text } });
  expect(await texts(picture().withExif(described("A dog on the beach")))).toEqual({ caption: "A dog on the beach" });
  expect(await texts(picture().withExif(described("OLYMPUS DIGITAL CAMERA")))).toEqual({});
  expect(await texts(picture().withExif(described("A dog")).withXmp(xmp))).toEqual({ title: "A title", caption: "Seen" });
  expect(await texts(picture())).toEqual({});
  expect(await embeddedTexts(new Uint8Array([1, 2, 3]))).toEqual({});
});

test("a file's name as a title", () => {
  expect(["a/b_c.jpg", "__.png", "2024-05-31 party.JPG"].map(titleOf)).toEqual(["b c", "__", "2024-05-31 party"]);
});

test("a folder is listed once whatever its links, hidden files are passed over, and what is not read is named", async () => {
  const place = folder(["b/photo.jpg", "a.JPG", ".hidden/x.jpg", "camera.nef", "notes.txt", "captions.csv"]);
  symlinkSync(place, join(place, "b", "up"));
  symlinkSync(join(place, "b"), join(place, "a-link"));
  symlinkSync(join(place, "b", "photo.jpg"), join(place, "second.jpg"));
  symlinkSync(join(place, "self"), join(place, "self"));
  const elsewhere = folder(["far.jpg"]);
  symlinkSync(elsewhere, join(place, "elsewhere"));
  const { photos, texts, skipped } = await walk(place);
  expect(photos.map(({ id }) => id)).toEqual(["a.JPG", "b/photo.jpg", "elsewhere/far.jpg", "second.jpg"]);
  expect([...texts.keys()]).toEqual(["captions.csv"]);
  expect(skipped.map(({ name }) => name.slice(place.length + 1)).sort()).toEqual(["a-link", "b/up", "camera.nef", "self"]);
});
