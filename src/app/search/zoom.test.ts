import fc from "fast-check";
import { expect, test } from "vitest";
import { moved, WHOLE, zoomed } from "./zoom";

const FRAME = { width: 600, height: 400 };

test("the point under the pointer stays where it is while nothing meets the frame's edge", () => {
  fc.assert(
    fc.property(fc.integer({ min: -290, max: 290 }), fc.integer({ min: -190, max: 190 }), (x, y) => {
      const once = zoomed(WHOLE, 2, x, y, FRAME);
      const twice = zoomed(once, 1.5, x, y, FRAME);
      for (const { scale, x: left, y: top } of [once, twice]) {
        expect(scale * x + left).toBeCloseTo(x, 6);
        expect(scale * y + top).toBeCloseTo(y, 6);
      }
    }),
  );
});

test("a picture never leaves its frame, and is never smaller than it", () => {
  const far = moved(zoomed(WHOLE, 3, 0, 0, FRAME), 10_000, -10_000, FRAME);
  expect(far).toEqual({ scale: 3, x: 600, y: -400 });
  const { scale, x, y } = zoomed(far, 0.01, 50, 50, FRAME);
  expect([scale, Math.abs(x), Math.abs(y)]).toEqual([1, 0, 0]);
  expect(zoomed(WHOLE, 100, 0, 0, FRAME).scale).toBe(8);
});
