import { describe, expect, it } from "vitest";
import { massInside, measureHeat, namedIn } from "./heat-evaluator";
import { aimOf, wordsOf } from "./why";

const scene = (filename: string, raw: string, mentions: object[], split = "test") => ({
  filename,
  split,
  objects: [
    { class: "cat", box: [0, 0, 0.5, 0.5] },
    { class: "dog", box: [0.5, 0, 1, 1] },
    { class: "dog", box: [0, 0.5, 0.5, 1] },
  ],
  sentences: [{ raw, proposition: { mentions } }],
});
const CAT = { kind: "cat", count: 1 };

it("things are named where a word of the caption names one that is in the picture once", () => {
  const images = [
    scene("a", "A red Cat sits.", [CAT]),
    scene("b", "one cat, one dog", [CAT, { kind: "dog", count: 1 }]),
    scene("c", "a kitten", [CAT]),
    scene("d", "a catapult", [CAT]),
    scene("e", "a cat", [CAT], "val"),
    scene("f", "two cats", [{ kind: "cat", count: 2 }]),
  ];
  expect(namedIn(JSON.stringify({ images }), "d", "test")).toEqual([
    { text: "A red Cat sits.", filename: "a", start: 6, end: 9, box: [0, 0, 0.5, 0.5], alone: true },
    { text: "one cat, one dog", filename: "b", start: 4, end: 7, box: [0, 0, 0.5, 0.5], alone: false },
  ]);
});

it.each(["", "[]", "{}", "null", JSON.stringify({ images: [{ filename: "a", split: "test", sentences: [{ raw: "a cat" }] }] })])(
  "a data set without boxes is refused: %s",
  (json) => {
    expect(() => namedIn(json, "dataset.json", "test")).toThrow(
      expect.objectContaining({ code: "bad-manifest", message: expect.stringContaining("dataset.json") }),
    );
  },
);

describe("the mass inside a box", () => {
  it("counts a region by how much of it lies inside", () => {
    const even = new Array(6).fill(1 / 6);
    expect(massInside(even, [3, 2], [0, 0, 1, 1])).toBeCloseTo(1);
    expect(massInside(even, [3, 2], [0.25, 0.1, 0.75, 0.4])).toBeCloseTo(0.5 * 0.3);
    expect(massInside([0, 1, 0, 0, 0, 0], [3, 2], [0.5, 0, 1, 1])).toBeCloseTo(0.5);
    expect(massInside([0, 0, 0, 0, 0, 1], [3, 2], [0, 0, 0.6, 1])).toBeCloseTo(0);
  });

  it("is measured of words and of whole queries, beside the boxes' share", async () => {
    const one = { filename: "a", start: 0, end: 3, box: [0, 0, 0.5, 1] as [number, number, number, number] };
    const named = [
      { ...one, text: "cat", alone: true },
      { ...one, text: "cat and dog", alone: false },
      { ...one, text: "cut off", start: 9, alone: false },
    ];
    const why = async () => ({ words: [{ start: 0, end: 3, heat: [1, 0], aim: 1 }], heat: [0.75, 0.25] });
    const found = await measureHeat(named, [2, 1], { count: 500, seed: 1 }, why, () => {});
    expect(found).toEqual({
      words: { queries: 2, mass: 1, area: 0.5, times: 2 },
      queries: { queries: 1, mass: 0.75, area: 0.5, times: 1.5 },
    });
  });
});

it("words are divided as their language divides them", () => {
  const words = (text: string) => wordsOf(text).map(({ start, end }) => text.slice(start, end));
  expect(words("a red car, left of it")).toEqual(["a", "red", "car", "left", "of", "it"]);
  expect(words("红色的汽车").length).toBeGreaterThan(1);
  expect(words("?! …")).toEqual([]);
});

it("a look is aimed from 0, everywhere, to 1, at one region", () => {
  expect(aimOf([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(0);
  expect(aimOf([0, 1, 0, 0])).toBeCloseTo(1);
  expect(aimOf([0.5, 0.5, 0, 0])).toBeCloseTo(0.5);
});
