import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { DotlightError } from "../files/errors";
import { HeifDecoder, isHeif } from "./heif";
import { nodeHeif } from "./heif.node";
import type { Rgba } from "./image";

const file = (name: string) => readFileSync(new URL(`../../e2e/fixtures/${name}.heic`, import.meta.url));
/** The picture that both files were made of (e2e/fixtures/make-heic.mjs). */
const original = () => sharp("public/galleries/diorama/thumbs/000002.webp").resize(256, 192).ensureAlpha().raw().toBuffer();

/** The mean difference of two pictures' bytes, of 255. */
const difference = ({ data }: Rgba, other: Uint8Array) =>
  other.reduce((sum, value, i) => sum + Math.abs(value - data[i]!), 0) / other.length;

describe("HEIC", () => {
  it("is decoded upright, a file that is stored lying too", async () => {
    for (const name of ["upright", "turned"]) {
      const decoded = await nodeHeif.decode(file(name));
      expect([decoded.width, decoded.height]).toEqual([256, 192]);
      expect(difference(decoded, await original())).toBeLessThan(4);
    }
  });

  it("is refused with what is wrong with it, and the next one is decoded", async () => {
    const whole = file("upright");
    for (const spoiled of [whole.subarray(0, 2000), Buffer.concat([whole.subarray(0, 40), Buffer.alloc(300)])]) {
      await expect(nodeHeif.decode(spoiled)).rejects.toMatchObject({ code: "bad-image", message: /cannot be decoded \(.+\)/ });
    }
    expect((await nodeHeif.decode(whole)).width).toBe(256);
  });

  it("takes no more memory for many photos than for one", async () => {
    const library = await nodeHeif.load();
    const decoder = new HeifDecoder(async () => library);
    await decoder.decode(file("upright"));
    const one = library.HEAPU8.length;
    for (let i = 0; i < 200; i++) {
      await decoder.decode(file("upright"));
      await decoder.decode(file("upright").subarray(0, 2000)).catch(() => undefined);
    }
    expect(library.HEAPU8.length).toBe(one);
  });

  it("says that its decoder could not be loaded, and asks for it again", async () => {
    let asked = 0;
    const offline = new HeifDecoder(async () => {
      asked++;
      throw new Error("no connection");
    });
    for (const times of [1, 2]) {
      const error = await offline.decode(file("upright")).catch((caught: unknown) => caught);
      expect((error as DotlightError).code).toBe("no-decoder");
      expect(asked).toBe(times);
    }
  });

  it("is known by its first bytes", async () => {
    expect(isHeif(file("turned"))).toBe(true);
    expect(
      isHeif(
        await sharp({ create: { width: 60, height: 40, channels: 3, background: "#357" } })
          .avif()
          .toBuffer(),
      ),
    ).toBe(false);
    expect(isHeif(new Uint8Array(3))).toBe(false);
  });
});
