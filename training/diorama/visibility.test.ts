import { describe, expect, it } from "vitest";
import { allVisible, measure } from "./visibility.ts";

/** A 16 x 16 id map with filled rectangles [x1, y1, x2, y2), later ones in front. */
function map(...rectangles: [number, number, number, number][]): number[] {
  const mask = new Array<number>(256).fill(0);
  rectangles.forEach(([x1, y1, x2, y2], index) => {
    for (let y = y1; y < y2; y++) for (let x = x1; x < x2; x++) mask[y * 16 + x] = index + 1;
  });
  return mask;
}

describe("visibility", () => {
  it("measures box and share of what is not hidden", () => {
    const [back, front] = measure(map([2, 2, 10, 10], [6, 2, 14, 10]), [64, 64]);
    expect(back).toEqual({ visible: 0.5, box: [0.125, 0.125, 0.375, 0.625] });
    expect(front).toEqual({ visible: 1, box: [0.375, 0.125, 0.875, 0.625] });
  });

  it("accepts what stands free and refuses what is hidden, small, cut off or missing", () => {
    expect(allVisible(map([2, 2, 9, 9], [9, 9, 15, 15]), [49, 36])).toBe(true);
    expect(allVisible(map([2, 2, 10, 10], [5, 2, 14, 10]), [64, 72])).toBe(false);
    expect(allVisible(map([2, 2, 5, 5]), [9])).toBe(false);
    expect(allVisible(map([0, 2, 9, 9]), [63])).toBe(false);
    expect(allVisible(map([2, 2, 9, 16]), [98])).toBe(false);
    expect(allVisible(map([2, 2, 9, 9]), [49, 40])).toBe(false);
  });
});
