import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINIMAL_PAIR } from "./evaluator";
import type { CaptionText } from "./gallery/manifest";
import { casesOf, half, matchesOf, told } from "./relevance-evaluator";

describe("photos are taken away", () => {
  it("until half the captions have no match, and not one photo more", () => {
    const texts = fc
      .integer({ min: 1, max: 30 })
      .chain((photos) =>
        fc.tuple(
          fc.constant(photos),
          fc.array(fc.tuple(fc.nat(photos - 1), fc.array(fc.nat(photos - 1), { maxLength: 3 })), { minLength: 1, maxLength: 40 }),
          fc.nat(),
        ),
      );
    fc.assert(
      fc.property(texts, ([photos, drawn, seed]) => {
        const captions = drawn.map(([image, relevant]): CaptionText => ({ text: "", image, relevant }));
        const left = half(captions, photos, seed);
        const unmatched = captions.filter((caption) => matchesOf(caption).every((row) => !left.has(row))).length;
        expect(unmatched * 2).toBeGreaterThanOrEqual(captions.length);
        // Each photo taken away last of all leaves fewer without a match when it is put back; one of them does.
        const least = Array.from({ length: photos }, (_, row) => row)
          .filter((row) => !left.has(row))
          .map((row) => captions.filter((caption) => matchesOf(caption).every((one) => one !== row && !left.has(one))).length);
        expect(Math.min(...least) * 2).toBeLessThan(captions.length);
        expect(half(captions, photos, seed)).toEqual(left);
      }),
    );
  });
});

describe("what probabilities tell", () => {
  const vector = (...values: number[]) => Float32Array.from(values);
  // Photos 0 to 2 are left; 3 is not. Photo 2 is a long vector that every query likes.
  const photos = [vector(1, 0), vector(0, 1), vector(0.8, 0.8), vector(2, -1)];
  const texts: CaptionText[] = [
    { text: "a", image: 0, relevant: [0, 2] },
    { text: "b", image: 1, relevant: [1] },
    { text: "c", image: 3, relevant: [3] },
  ];
  const collection = { photos, captions: [vector(1, 0), vector(0, 1), vector(0.5, -1)], texts };
  const left = new Set([0, 1, 2]);

  it("is measured by each caption's best photo", async () => {
    const cases = await casesOf(collection, left);
    expect(cases.map(({ hits, left: matches }) => [hits[0]!.row, matches])).toEqual([
      [0, 2],
      [1, 1],
      [0, 0],
    ]);
    expect(cases[2]!.cosine).toBeCloseTo(0.5 / Math.hypot(0.5, 1));
    const figures = told(collection, cases, (_, hits) => hits.map(({ score }) => (score > 0.9 ? 0.9 : 0.1)));
    expect(figures).toMatchObject({ captions: 3, auroc: 1, rawAuroc: 1, cosineAuroc: 1, precision: 100 });
    expect(figures.unmatched).toBeCloseTo(100 / 3);
    // Two of the three photos that match are above the line.
    expect(figures.recall).toBeCloseTo(200 / 3);
    expect(figures.ece).toBeCloseTo(0.1);
    expect(figures.pairs).toBeUndefined();
  });

  it("is measured apart for captions that are true of one photo of a minimal pair", async () => {
    const pair = [
      { text: "a pair's", image: 0, relevant: [0], category: MINIMAL_PAIR },
      { text: "its rival's", image: 1, relevant: [1], category: MINIMAL_PAIR },
      { text: "another of the pair", image: 0, relevant: [0], category: "scene" },
      { text: "one that both satisfy", image: 0, relevant: [0, 1], category: "scene" },
      { text: "one of neither", image: 3, relevant: [3], category: "scene" },
    ];
    const asked = { photos, captions: pair.map(({ image }) => photos[image]!), texts: pair };
    const rest = new Set([0, 2]);
    const figures = told(asked, await casesOf(asked, rest), (_, hits) => hits.map(({ score }) => score));
    expect(figures).toMatchObject({ captions: 2, unmatched: 50, pairs: { captions: 3 }, all: { captions: 5, unmatched: 40 } });
    expect(figures.pairs!.unmatched).toBeCloseTo(100 / 3);
  });

  it("is asked of some captions, and knows of match logits, where that is wanted", async () => {
    const cases = await casesOf(collection, left, {
      only: [2, 1],
      judged: 2,
      scorer: async (text, rows) => Float32Array.from(rows, (row) => 10 * text + row),
    });
    expect(cases.map(({ text, hits }) => [text, hits.length])).toEqual([
      [2, 2],
      [1, 2],
    ]);
    for (const { text, hits } of cases) for (const { row, match } of hits) expect(match).toBe(10 * text + row);
  });
});
