import { describe, expect, it } from "vitest";
import { readNpy } from "./files/npy";
import { readCaptionMap, vectorCollection } from "./vector-set";

/** A file as numpy.save writes it. */
function npy(rows: number, columns: number, { type = "<f4", order = "False", values = rows * columns } = {}): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${rows}, ${columns}), }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11);
  const head = new Uint8Array([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length + 1, 0]);
  const data = new Float32Array(values).map((_, i) => i);
  return new Uint8Array(Buffer.concat([head, new TextEncoder().encode(`${header}\n`), new Uint8Array(data.buffer)]));
}

describe("NumPy files", () => {
  it("are read row by row", () => {
    expect(readNpy(npy(2, 3), "a.npy")).toEqual({ rows: 2, columns: 3, data: Float32Array.of(0, 1, 2, 3, 4, 5) });
  });

  it.each([
    ["no NumPy file", new Uint8Array(40), /a\.npy is not a NumPy file/],
    ["a cut header", npy(2, 3).slice(0, 30), /ends within its header/],
    ["a cut end", npy(2, 3, { values: 5 }), /should hold 2 x 3 numbers, 24 bytes, and holds 20/],
    ["doubles", npy(2, 3, { type: "<f8", values: 12 }), /of the type <f8/],
    ["columns first", npy(2, 3, { order: "True" }), /column by column/],
    ["no rows", npy(0, 3), /shape \(0, 3\)/],
  ])("with %s are refused", (_, bytes, message) => {
    expect(() => readNpy(bytes, "a.npy")).toThrow(message);
  });

  it("with what is no number are refused, with its row", () => {
    const bytes = npy(2, 3);
    new DataView(bytes.buffer).setFloat32(bytes.length - 4, Number.NaN, true);
    expect(() => readNpy(bytes, "a.npy")).toThrow(/not finite in row 1/);
  });
});

describe("a caption map", () => {
  it("is a list, lines, or a data set in the Karpathy form", () => {
    expect(readCaptionMap('[{"image": 1, "text": "a"}]', "captions.json", "test").texts).toEqual([{ text: "a", image: 1 }]);
    expect(readCaptionMap("0\ta dog\n1\ta\tcat\n", "captions.txt", "test").texts).toEqual([
      { text: "a dog", image: 0 },
      { text: "a cat", image: 1 },
    ]);
    const images = [
      { filename: "x.jpg", imgid: 5, split: "val", sentences: [{ raw: "x" }] },
      { filename: "y.jpg", imgid: 7, split: "test", sentences: [{ raw: "y", translations: { de: "z" }, relevant: [7] }] },
    ];
    const found = readCaptionMap(JSON.stringify({ images }), "dataset.json", "test");
    expect(found).toEqual({ texts: [{ text: "y", image: 0, relevant: [0] }], names: ["y.jpg"] });
  });

  it.each([
    ["captions.json", "[1]", /entry 0 has no image's row/],
    ["captions.json", "[", /cannot be read/],
    ["captions.txt", "0\ta\nb", /line 2 does not begin/],
    ["dataset.json", '{"images": [{"imgid": 1}]}', /image 0 has no filename/],
  ])("%s of %j is refused", (name, content, message) => {
    expect(() => readCaptionMap(content, name, "test")).toThrow(message);
  });

  it("must fit its vectors", () => {
    const [images, captions] = [readNpy(npy(2, 3), "i"), readNpy(npy(2, 3), "c")];
    const texts = [
      { text: "", image: 1 },
      { text: "", image: 0 },
    ];
    const found = vectorCollection(images, captions, texts);
    expect(found.photos[1]).toEqual(Float32Array.of(3, 4, 5));
    expect(() => vectorCollection(images, readNpy(npy(2, 4), "c"), texts)).toThrow(/3 dimensions, the captions' have 4/);
    expect(() => vectorCollection(images, captions, texts.slice(1))).toThrow(/2 caption vectors and 1 captions/);
    expect(() => vectorCollection(images, captions, [texts[0]!, { text: "", image: 2 }])).toThrow(/Caption 1 names photo 2/);
  });
});
