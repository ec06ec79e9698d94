import { describe, expect, it } from "vitest";
import { standin } from "../../e2e/standins/families";
import { preprocess } from "./image";
import { readPreprocessor, readUformPreprocessing } from "./preprocessing";
import golden from "./preprocessing.golden.json" with { type: "json" };
import { publicPack } from "./registry/registry";

/** The picture of training/preprocessing_golden.py. */
function picture(width: number, height: number) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([(x * 3 + y) % 256, (y * 5) % 256, ((x ^ y) * 2) % 256, 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

/** How a family's configuration says that pictures are prepared. */
function preparing(family: string) {
  const id = {
    clip: "clip-vit-b32",
    mobileclip: "mobileclip-s0",
    siglip: "siglip-b16",
    "jina-clip": "jina-clip-v1",
    uform: "uform3-small",
  }[family]!;
  const files = standin(publicPack(id));
  const read = (path: string) => JSON.parse(new TextDecoder().decode(files.get(path)));
  if (family === "uform") return readUformPreprocessing(read("config.json"), "config.json");
  return readPreprocessor(read("preprocessor_config.json"), "preprocessor_config.json");
}

describe("pictures are prepared as Pillow does by the steps of each family's own processor", () => {
  it.each(golden.map((each) => [each.family, `${each.width} x ${each.height}`, each] as const))(
    "%s, %s",
    (family, _, { width, height, mean, values }) => {
      const how = preparing(family);
      const out = new Float32Array(3 * how.width * how.height);
      preprocess(picture(width, height), how, out);
      const plane = how.width * how.height;
      // Pillow weighs in fixed point: a byte may be off by one.
      const off = values.map(([place, value]) => Math.abs(out[place!]! - value!) * 255 * how.std[Math.floor(place! / plane)]!);
      expect(Math.max(...off)).toBeLessThan(1.01);
      expect(off.filter((bytes) => bytes > 0.5).length).toBeLessThan(6);
      for (const [c, expected] of mean.entries()) {
        const found = out.subarray(c * plane, (c + 1) * plane).reduce((sum, value) => sum + value, 0) / plane;
        expect(Math.abs(found - expected)).toBeLessThan(0.002);
      }
    },
  );
});

describe("a configuration", () => {
  const read = (config: object) => readPreprocessor(config, "preprocessor_config.json");
  it.each([
    ["of another filter", { resample: 1, size: { width: 224, height: 224 } }, "filter"],
    ["that leaves pixels at 0 to 255", { do_rescale: false, size: 224 }, "0 to 255"],
    ["with another factor", { rescale_factor: 1 / 127.5, size: 224 }, "rescale_factor"],
    ["without a size", {}, "size"],
    ["of a huge size", { size: { width: 1e6, height: 1e6 } }, "size"],
    ["with a crop larger than the picture", { size: { shortest_edge: 224 }, crop_size: 256, do_center_crop: true }, "size"],
    ["with a deviation of zero", { size: { width: 8, height: 8 }, image_std: [1, 0, 1] }, "deviation"],
  ])("%s is refused by name", (_, config, what) => {
    expect(() => read(config)).toThrow(expect.objectContaining({ code: "bad-manifest", message: expect.stringContaining(what) }));
  });

  it("that leaves things out has transformers' defaults", () => {
    expect(read({ size: { shortest_edge: 224 }, do_center_crop: true })).toEqual({
      width: 224,
      height: 224,
      filter: "bicubic",
      crop: { shortest: 224, centre: "floor" },
      mean: [0.48145466, 0.4578275, 0.40821073],
      std: [0.26862954, 0.26130258, 0.27577711],
    });
  });
});
