import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LEAST_WEIGHT, MOST_PARTS, MOST_WEIGHT, type Part, parseParts, takePhotos, writeParts } from "./parts";

const partsOf = (text: string) => parseParts(text).parts;
const words = (said: string, weight = 1): Part => ({ words: said, weight });

describe("parseParts", () => {
  test.each<[string, Part[]]>([
    ["", []],
    ["  \n ", []],
    ["a red  car", [words("a red car")]],
    ["a red car -snow", [words("a red car"), words("snow", -1)]],
    ["-snow", [words("snow", -1)]],
    ["a red -snow car", [words("a red car"), words("snow", -1)]],
    ['a dog "at night" on grass', [words("a dog on grass"), words("at night")]],
    ['-"deep snow"^2 a dog', [words("deep snow", -2), words("a dog")]],
    ["a dog night^1.5 -fog^.5", [words("a dog"), words("night", 1.5), words("fog", -0.5)]],
    [
      "like:a/b.jpg -like:c.jpg^2",
      [
        { photo: "a/b.jpg", weight: 1 },
        { photo: "c.jpg", weight: -2 },
      ],
    ],
    ['like:"my photos/a b.jpg" at night', [{ photo: "my photos/a b.jpg", weight: 1 }, words("at night")]],
    // As telephones and Japanese keyboards write it.
    ["“at night” −snow", [words("at night"), words("snow", -1)]],
    ["赤い車　－雪", [words("赤い車"), words("雪", -1)]],
    // Still being typed.
    ['a dog "at ni', [words("a dog"), words("at ni")]],
    ['a dog "', [words("a dog")]],
    ["a dog -", [words("a dog -")]],
    ["a dog like:", [words("a dog like:")]],
    ["a dog^", [words("a dog^")]],
    // What is no sign of anything is a word.
    ["a two-wheeler - brown", [words("a two-wheeler - brown")]],
    ['a 19" wheel and "this"one', [words('a 19" wheel and "this"one')]],
    ["--help -🙂 ^2 -^9 <b>", [words("--help -🙂 ^2 -^9 <b>")]],
    ["a\\b", [words("a\\b")]],
    ['"a \\"b\\" \\\\ c"', [words('a "b" \\ c')]],
    ['""  -"" car', [words("car")]],
  ])("%j", (text, parts) => {
    expect(parseParts(text)).toEqual({ parts, cut: false });
  });

  test("weights are kept within bounds", () => {
    expect(partsOf("a^0 b^1000 -c^1e5 d^0.123").map(({ weight }) => weight)).toEqual([LEAST_WEIGHT, MOST_WEIGHT, -1, 0.12]);
  });

  test("a pasted page is read from its beginning, at once", () => {
    const began = performance.now();
    expect(parseParts('-word "a phrase" '.repeat(50_000))).toMatchObject({ cut: true, parts: { length: MOST_PARTS } });
    expect(partsOf('"'.repeat(100_000)).length).toBeLessThanOrEqual(MOST_PARTS);
    expect(partsOf(`${"x".repeat(1_000_000)} ${'"b '.repeat(100_000)}`).length).toBeLessThanOrEqual(MOST_PARTS);
    expect(partsOf("free words ".repeat(100_000))).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("any text is read", () => {
    const signs = fc.stringMatching(/^[-"“\\^ a1.:−\n]*$/);
    fc.assert(fc.property(fc.oneof(signs, fc.string({ unit: "binary" })), (text) => void parseParts(text)));
  });
});

test("what is written is read as the same parts", () => {
  const said = fc
    .oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-"“\\^ a1.:−\n]+$/), fc.constantFrom("like:x", "a red car", "-x", "x^2"))
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const weight = fc
    .integer({ min: LEAST_WEIGHT * 100, max: MOST_WEIGHT * 100 })
    .chain((hundredths) => fc.constantFrom(1, -1, hundredths / 100, -hundredths / 100));
  const part = fc.oneof(fc.record({ words: said, weight }), fc.record({ photo: said, weight }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: MOST_PARTS }), (parts) => {
      expect(partsOf(writeParts(parts))).toEqual(parts);
    }),
  );
});

test("words that begin with a quotation mark do not reach into what follows them", () => {
  const parts: Part[] = [
    { words: '"\\', weight: 1 },
    { photo: "like:x", weight: 1 },
  ];
  expect(partsOf(writeParts(parts))).toEqual(parts);
});

test("what needs no quotation marks has none", () => {
  expect(writeParts(partsOf('"a red car"   "at night"^2 -"snow" like:"a.jpg"'))).toBe('a red car "at night"^2 -snow like:a.jpg');
  expect(writeParts(partsOf('"one thing" "another thing"'))).toBe('one thing "another thing"');
});

test("photos at the beginning are taken, the rest is as it was typed", () => {
  const photos = [
    { photo: "a b.jpg", weight: 1 },
    { photo: "c.jpg", weight: -2 },
  ];
  expect(takePhotos('like:"a b.jpg" -like:c.jpg^2 at  "ni')).toEqual({ photos, rest: 'at  "ni' });
  expect(takePhotos(writeParts(photos))).toEqual({ photos, rest: "" });
  expect(takePhotos(" night like:c.jpg ")).toEqual({ photos: [], rest: " night like:c.jpg " });
  expect(takePhotos("")).toEqual({ photos: [], rest: "" });
});
