import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Background, compose, composeMatches, contradiction, type Direction, loss } from "./compose";
import { dot } from "./dot";

/** A world whose photos have or lack each of a few features; words and names point along one of them. */
const FEATURES = { car: 0, dog: 1, snow: 2, night: 3 } as const;
type Feature = keyof typeof FEATURES;
const DIMENSION = 6;
const COMMON = 4;
const axis = (feature: Feature, length: number) =>
  Float64Array.from({ length: DIMENSION }, (_, i) => (i === FEATURES[feature] ? length : 0));
const photo = (...has: Feature[]) => {
  const vector = new Float64Array(DIMENSION);
  for (const feature of has) vector[FEATURES[feature]] = 2;
  // What all photos have, and all words ask for.
  vector[COMMON] = 5;
  return vector;
};
const said = (feature: Feature, length: number = 1) => {
  const vector = axis(feature, length);
  vector[COMMON] = 3;
  return vector;
};
const names = Object.keys(FEATURES) as Feature[];
const PHOTOS = Array.from({ length: 16 }, (_, bits) => names.filter((name) => bits & (1 << FEATURES[name])));
const background: Background = {
  photos: PHOTOS.map((has) => photo(...has)),
  plain: Float64Array.from({ length: DIMENSION }, (_, i) => (i === COMMON ? 3 : 0)),
  things: [said("car"), said("dog")],
};
const words = (feature: Feature, weight = 1, length?: number): Direction => ({ of: "words", vector: said(feature, length), weight });
const like = (has: Feature[], weight = 1): Direction => ({ of: "photo", vector: photo(...has), weight });
/** The photos, best first. */
const found = (...parts: Direction[]) => {
  const { vector, against } = compose(parts, background);
  return PHOTOS.map((has) => ({ has, score: dot(photo(...has), vector) - loss(photo(...has), against) })).sort((a, b) => b.score - a.score);
};

describe("compose", () => {
  test("a single part is its vector", () => {
    expect(compose([words("car", 3)], background)).toEqual({ vector: said("car"), against: [] });
    expect(compose([like(["dog"])], background)).toEqual({ vector: photo("dog"), against: [] });
  });

  test("what is left out is not among the first", () => {
    const first = found(words("car"), words("snow", -1)).slice(0, 4);
    expect(first.every(({ has }) => has.includes("car") && !has.includes("snow"))).toBe(true);
    expect(found(words("snow", -1))[0]!.has).not.toContain("snow");
    // What has nothing of it loses hardly anything, whatever the weight; nothing gains.
    const { against } = compose([words("car"), words("snow", -1)], background);
    expect(loss(photo("car"), against)).toBeGreaterThan(0);
    expect(loss(photo("car"), against)).toBeLessThan(0.05);
    expect(loss(photo("car", "snow"), against)).toBeGreaterThan(0.4);
  });

  test("how long a vector is says nothing of its weight", () => {
    const both = found(words("car", 1, 100), words("dog", 1, 0.01)).slice(0, 4);
    expect(both.every(({ has }) => has.includes("car") && has.includes("dog"))).toBe(true);
  });

  test("weights decide between parts that no photo has all of", () => {
    const order = (car: number, dog: number) => found(words("car", car), words("dog", dog)).map(({ has }) => has.join());
    expect(order(2, 1).indexOf("car")).toBeLessThan(order(2, 1).indexOf("dog"));
    expect(order(1, 2).indexOf("dog")).toBeLessThan(order(1, 2).indexOf("car"));
  });

  test("this photo, but: its things are kept, its surroundings change", () => {
    const [first] = found(like(["car", "snow"]), words("night"));
    expect(first!.has).toEqual(expect.arrayContaining(["car", "night"]));
    expect(first!.has).not.toContain("dog");
  });

  test("towards one photo and away from another", () => {
    expect(found(like(["car", "snow"]), like(["snow"], -1))[0]!.has).toContain("car");
    expect(found(like(["car", "snow"], -1))[0]!.has).toEqual(["dog", "night"]);
  });

  test("a gallery of one photo, and a photo without a name for what it shows", () => {
    const one = { ...background, photos: [photo("car")], things: [] };
    for (const parts of [
      [words("car"), words("snow", -1)],
      [like(["car"]), words("night")],
    ]) {
      const { vector, against } = compose(parts, one);
      expect([...vector, loss(photo("snow"), against)].every(Number.isFinite)).toBe(true);
    }
  });
});

test("parts that say the same contradict each other, whatever their length and kind", () => {
  const near = { of: "words", vector: said("dog", 7), weight: -2 } as const;
  expect(contradiction([words("car"), words("dog"), near], background)).toEqual([1, 2]);
  expect(contradiction([words("car"), near], background)).toBeUndefined();
  expect(contradiction([words("dog"), words("dog")], background)).toBeUndefined();
  expect(contradiction([like(["car"]), like(["car"], -1)], background)).toEqual([0, 1]);
  // A photo and words are told apart by other means.
  expect(contradiction([like(["dog"]), near], background)).toBeUndefined();
});

describe("composeMatches", () => {
  test("one phrase keeps its logit; what is left out lowers it, what is looked for too where it does not match", () => {
    expect(composeMatches([{ logit: -7.25, weight: 1 }])).toBe(-7.25);
    const car = { logit: 4, weight: 1 };
    const without = (logit: number) => composeMatches([car, { logit, weight: -1 }]);
    expect(without(-9)).toBeCloseTo(4, 1);
    expect(without(5)).toBeLessThan(-4.9);
    expect(composeMatches([car, { logit: -6, weight: 1 }])).toBeCloseTo(-6, 1);
  });

  test("it is the logit of the product of the probabilities", () => {
    const parts = fc.array(fc.record({ logit: fc.double({ min: -30, max: 30, noNaN: true }), weight: fc.constantFrom(1, -1) }), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, (all) => {
        const probability = all.reduce((product, { logit, weight }) => product / (1 + Math.exp(-weight * logit)), 1);
        expect(1 / (1 + Math.exp(-composeMatches(all)))).toBeCloseTo(probability, 9);
      }),
    );
  });
});
