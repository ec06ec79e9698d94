import { describe, expect, it } from "vitest";
import { preprocess, type Rgba } from "./image";

/** A picture by a formula: red x * 37 + y * 11, green x * 5 + y * 53, blue (x xor y) * 29, each modulo 256. */
function picture(width: number, height: number, alpha = 255): Rgba {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set([(x * 37 + y * 11) % 256, (x * 5 + y * 53) % 256, ((x ^ y) * 29) % 256, alpha], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const plain = (width: number, height: number) => ({
  width,
  height,
  filter: "bilinear" as const,
  mean: [0, 0, 0],
  std: [1 / 255, 1 / 255, 1 / 255],
});
const resized = (image: Rgba, width: number, height: number) => {
  const out = new Float32Array(3 * width * height);
  preprocess(image, plain(width, height), out);
  return [...out].map(Math.round);
};

describe("preparing a picture", () => {
  // Pillow 13.0: Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR), planes red, green, blue.
  it.each([
    [
      "shrinks by uneven parts",
      picture(7, 5),
      [4, 3],
      [
        24, 82, 150, 208, 41, 99, 167, 225, 58, 116, 184, 166, 26, 33, 43, 50, 109, 116, 126, 133, 192, 199, 209, 216, 17, 60, 114, 161, 58,
        34, 134,
      ].concat([158, 106, 112, 96, 93]),
    ],
    [
      "grows",
      picture(3, 2),
      [5, 4],
      [
        0, 15, 37, 59, 74, 3, 18, 40, 62, 77, 8, 23, 45, 67, 82, 11, 26, 48, 70, 85, 0, 2, 5, 8, 10, 13, 15, 18, 21, 23, 40, 42, 45, 48, 50,
        53, 55, 58,
      ].concat([61, 63, 0, 12, 29, 46, 58, 7, 13, 22, 48, 65, 22, 16, 7, 51, 80, 29, 17, 0, 52, 87]),
    ],
  ] as const)("%s as Pillow does", (_, image, [width, height], expected) => {
    const found = resized(image, width, height);
    const off = found.map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(off.filter((value) => value > 0).length).toBeLessThan(4);
  });

  it("normalises each channel by its own mean and deviation", () => {
    const out = new Float32Array(3);
    const data = Uint8ClampedArray.of(255, 0, 51, 255);
    preprocess({ width: 1, height: 1, data }, { width: 1, height: 1, filter: "bilinear", mean: [0.5, 0.5, 0.2], std: [0.5, 0.25, 1] }, out);
    expect([...out].map((value) => Number(value.toFixed(5)))).toEqual([1, -2, 0]);
  });

  it("lays what is transparent on white", () => {
    expect(resized(picture(4, 4, 0), 2, 2)).toEqual(Array(12).fill(255));
  });

  it.each([
    { width: 0, height: 4, data: new Uint8Array(0) },
    { width: 4, height: 4, data: new Uint8Array(10) },
  ])("refuses a picture without its pixels", (image) => {
    expect(() => resized(image, 2, 2)).toThrow(expect.objectContaining({ code: "bad-image" }));
  });
});
