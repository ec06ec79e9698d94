import { readFileSync } from "node:fs";
import exifr from "exifr";
import { describe, expect, it } from "vitest";
import { exifOf } from "./details";
import { heifExif } from "./heif-exif";

const heic = (name: string) => new Uint8Array(readFileSync(new URL(`../../e2e/fixtures/${name}.heic`, import.meta.url)));
const DETAILS = { taken: "2023-07-14T18:30:05", camera: "Apple iPhone 15", place: [48 + 8 / 60, -11.5] };

describe("what a photo's EXIF says", () => {
  it("is read from HEIC", async () => {
    expect(await exifOf(heic("upright"))).toEqual(DETAILS);
    expect(await exifOf(heic("turned"))).toEqual(DETAILS);
    // The fixture is as telephones write it: it says twice that it lies, and must be turned once.
    expect(await exifr.orientation(heifExif(heic("turned"))!)).toBe(8);
  });

  it("is nothing for HEIC that is damaged anywhere before it, and no error", async () => {
    const whole = heic("turned");
    for (let at = 0; at < 1000; at++) {
      const spoiled = whole.slice();
      spoiled[at] = 255 - spoiled[at]!;
      expect(heifExif(spoiled) ?? new Uint8Array()).toBeInstanceOf(Uint8Array);
    }
    for (let length = 0; length < whole.length; length += 7) await exifOf(whole.slice(0, length));
  });
});
