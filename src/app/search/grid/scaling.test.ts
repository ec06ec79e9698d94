import fc from "fast-check";
import { expect, test } from "vitest";
import { Following, Scaling, TALLEST } from "./scaling";

const WINDOW = 900;
const heights = fc.integer({ min: 1, max: 400_000_000 });

test("no element is taller than browsers can have it; short lists are not scaled", () => {
  expect(new Scaling(60_000_000).height).toBe(TALLEST);
  const short = new Scaling(5000);
  expect([short.height, short.toReal(1234), short.toElement(1234)]).toEqual([5000, 1234, 1234]);
});

test("every depth is reached, in order, and there and back is the same depth", () => {
  fc.assert(
    fc.property(heights, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (real, a, b) => {
      const scaling = new Scaling(real);
      const [low, high] = [Math.min(a, b) * scaling.height, Math.max(a, b) * scaling.height];
      expect(scaling.toReal(low)).toBeLessThanOrEqual(scaling.toReal(high));
      expect(scaling.toElement(scaling.toReal(low))).toBeCloseTo(low, 3);
      expect(scaling.toReal(0)).toBe(0);
      expect(scaling.toReal(scaling.height)).toBeCloseTo(real, 3);
    }),
  );
});

test("the wheel moves a scaled list px by px; the bar's drag leads to the depth it shows; both ends are the list's", () => {
  const scaling = new Scaling(60_000_000);
  const following = new Following(scaling);
  expect(following.follow(8_000_000, WINDOW)).toBe(30_000_000);
  expect(following.follow(8_000_300, WINDOW)).toBe(30_000_300);
  expect(following.follow(8_000_150, WINDOW)).toBe(30_000_150);
  expect(following.follow(scaling.height - WINDOW, WINDOW)).toBe(60_000_000 - WINDOW);
  expect(following.follow(0, WINDOW)).toBe(0);
});

test("when the bar is set right for what is shown, what is shown stays", () => {
  const following = new Following(new Scaling(60_000_000));
  following.follow(8_000_000, WINDOW);
  for (let y = 8_000_000; y <= 8_100_000; y += 500) following.follow(y, WINDOW);
  const shown = following.follow(8_100_000, WINDOW);
  const y = following.goTo(shown);
  expect(y).not.toBe(8_100_000);
  expect(following.follow(y, WINDOW)).toBeCloseTo(shown, 6);
  expect(following.scaling.toReal(y)).toBeCloseTo(shown, 6);
});
