import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allVisible } from "../visibility.ts";
import type { Rendering } from "./page.ts";
import { pageScript, Studio } from "./studio.ts";

const script = await pageScript();
let studio: Studio;
beforeAll(async () => {
  studio = await Studio.open(script, 96);
}, 30_000);
afterAll(() => studio?.close());

describe("rendering in a browser", () => {
  it("gives the same bytes again, in another browser too", async () => {
    const first = await studio.shoot(1, 2);
    const other = await Studio.open(script, 96);
    let again: Rendering;
    try {
      await other.shoot(1, 3);
      again = await other.shoot(1, 2);
    } finally {
      await other.close();
    }
    expect(again).toEqual(first);
  });

  it("shows every object in picture and id map", async () => {
    const { scene, jpeg, mask, alone } = await studio.shoot(1, 2);
    expect(new Set(mask)).toEqual(new Set([0, ...scene.objects.map((_, index) => index + 1)]));
    expect(allVisible(mask, alone)).toBe(true);
    const { width, height } = await sharp(Buffer.from(jpeg, "base64")).metadata();
    expect([width, height]).toEqual([96, 96]);
    const { channels } = await sharp(Buffer.from(jpeg, "base64")).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
  });

  it("paints each object in its colour", async () => {
    // Scene 1133 of seed 1: a blue plastic train in a living room by day, and nothing else.
    const { scene, jpeg, mask } = await studio.shoot(1, 1133);
    expect(scene.objects.map(({ kind, colour, material }) => `${colour} ${material} ${kind}`)).toEqual(["blue plastic train"]);
    const { data } = await sharp(Buffer.from(jpeg, "base64")).resize(64, 64).raw().toBuffer({ resolveWithObject: true });
    let [red, blue] = [0, 0];
    mask.forEach((id, pixel) => {
      if (id === 0) return;
      red += data[pixel * 3]!;
      blue += data[pixel * 3 + 2]!;
    });
    expect(blue).toBeGreaterThan(red * 1.3);
  });
});
