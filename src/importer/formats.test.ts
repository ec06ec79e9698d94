import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { recognise } from "./formats";

const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: "#357" } });
const bytes = async (made: Sharp) => new Uint8Array(await made.toBuffer());

describe("a file's format", () => {
  it("is known by its content, with the pixels that its header says", async () => {
    expect(recognise(await bytes(picture.clone().jpeg()))).toEqual({ type: "jpeg", width: 60, height: 40 });
    expect(recognise(await bytes(picture.clone().jpeg({ progressive: true })))).toEqual({ type: "jpeg", width: 60, height: 40 });
    expect(recognise(await bytes(picture.clone().png()))).toEqual({ type: "png", width: 60, height: 40 });
    for (const type of ["webp", "avif", "gif", "tiff"] as const)
      expect(recognise(await bytes(picture.clone().toFormat(type))).type).toBe(type);
  });

  it("is refused when any end of a JPEG or PNG is missing", async () => {
    for (const made of [picture.clone().jpeg(), picture.clone().jpeg({ progressive: true }), picture.clone().png()]) {
      const whole = await bytes(made);
      for (let length = 16; length < whole.length - 2; length++) expect(() => recognise(whole.slice(0, length))).toThrow(/cut short/);
    }
  });

  it("finds a JPEG's end before what a telephone has put behind it", async () => {
    const whole = await bytes(picture.clone().jpeg());
    const motion = new Uint8Array(whole.length + 5000);
    motion.set(whole);
    expect(recognise(motion)).toEqual({ type: "jpeg", width: 60, height: 40 });
  });

  it("is none for texts and noise", () => {
    expect(() => recognise(new TextEncoder().encode("This is no picture."))).toThrow(/no picture/);
    expect(() => recognise(new Uint8Array())).toThrow(/empty/);
    expect(() => recognise(new Uint8Array([0xff, 0xd8, 0xff]))).toThrow(/cut short/);
  });
});
