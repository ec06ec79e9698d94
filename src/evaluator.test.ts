import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINIMAL_PAIR, pairsOf, rankByDot, rivalsOf } from "./evaluator";
import type { CaptionText } from "./gallery/manifest";
import { crossEncodeAll, type Plan, rerank } from "./rerank-evaluator";
import { dot } from "./retrieval/dot";
import { sample } from "./sample";

/** Small whole numbers, so that equal scores are common. */
const collections = fc.integer({ min: 2, max: 9 }).chain((photos) =>
  fc.record({
    photos: fc.array(vector(), { minLength: photos, maxLength: photos }),
    captions: fc.array(fc.record({ vector: vector(), image: fc.nat(photos - 1) }), { minLength: 1, maxLength: 14 }),
    logits: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 14 * 9, maxLength: 14 * 9 }),
  }),
);

function vector() {
  return fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3, maxLength: 3 }).map((numbers) => Float32Array.from(numbers));
}

function collectionOf({ photos, captions }: { photos: Float32Array[]; captions: { vector: Float32Array; image: number }[] }) {
  const texts = captions.map(({ image }, i): CaptionText => ({ text: `caption ${i}`, image }));
  return { photos, captions: captions.map((caption) => caption.vector), texts };
}

/** The places that brute force gives, in float64: everything is sorted in whole. */
function bruteForce(scores: number[][], logits: (text: number, row: number) => number, texts: CaptionText[], m: number) {
  const order = (list: { id: number; score: number }[]) => list.sort((a, b) => b.score - a.score || a.id - b.id).map(({ id }) => id);
  const place = (own: number, among: number[]) =>
    among.filter((score) => score > own).length + (among.filter((score) => score === own).length - 1) / 2;
  const ir = texts.map(({ image }, text) => {
    const ranked = order(scores[text]!.map((score, id) => ({ id, score }))).slice(0, m);
    const logit = (row: number) => logits(text, row);
    return ranked.includes(image) ? place(logit(image), ranked.map(logit)) : Math.max(m, place(scores[text]![image]!, scores[text]!));
  });
  const tr = [...new Set(texts.map(({ image }) => image))].map((image) => {
    const ranked = order(texts.map((_, id) => ({ id, score: scores[id]![image]! }))).slice(0, m);
    const own = ranked.filter((text) => texts[text]!.image === image);
    const best = Math.max(...own.map((text) => logits(text, image)));
    if (own.length > 0) return ranked.filter((text) => logits(text, image) > best).length;
    const bestDot = Math.max(...texts.flatMap((text, id) => (text.image === image ? [scores[id]![image]!] : [])));
    return Math.max(m, texts.filter((_, id) => scores[id]![image]! > bestDot).length);
  });
  const recall = (places: number[]) => {
    const at = (k: number) => (100 * places.filter((each) => each < k).length) / places.length;
    return { r1: at(1), r5: at(5), r10: at(10) };
  };
  return { ir: recall(ir), tr: recall(tr) };
}

describe("re-ranking", () => {
  it("puts the first M in order by the logit alone, as brute force does, with equal scores too", async () => {
    await fc.assert(
      fc.asyncProperty(collections, fc.integer({ min: 1, max: 16 }), async (made, m) => {
        const collection = collectionOf(made);
        const logits = (text: number, row: number) => made.logits[text * 9 + row]!;
        const ranking = await rankByDot(collection, 16);
        const plan: Plan = { ms: [m, 1, 5], seed: 1 };
        const found = await rerank(collection, ranking, async (text, rows) => Float32Array.from(rows, (row) => logits(text, row)), plan);
        const scores = collection.captions.map((caption) => collection.photos.map((photo) => dot(photo, caption)));
        for (const { m, ir, tr, ar } of found.by) {
          const expected = bruteForce(scores, logits, collection.texts, m);
          expect([ir, tr]).toEqual([expected.ir, expected.tr]);
          expect(ar).toBeCloseTo((ir.r1 + ir.r5 + ir.r10 + tr.r1 + tr.r5 + tr.r10) / 6);
        }
        expect([found.dot.ir, found.dot.tr]).toEqual([ranking.evaluation.ir, ranking.evaluation.tr]);
      }),
      { numRuns: 300 },
    );
  });

  it("with the dot scores for logits changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(collections, async (made) => {
        const collection = collectionOf(made);
        const ranking = await rankByDot(collection, 14);
        const scorer = async (text: number, rows: number[]) =>
          Float32Array.from(rows, (row) => dot(collection.photos[row]!, collection.captions[text]!));
        const found = await rerank(collection, ranking, scorer, { ms: [14], seed: 1 });
        expect(found.by[0]).toMatchObject({ ir: ranking.evaluation.ir, tr: ranking.evaluation.tr, ar: ranking.evaluation.ar });
        const full = await crossEncodeAll(collection, ranking, scorer, { count: made.captions.length, seed: 3 });
        expect([full.ir, full.dot]).toEqual([ranking.evaluation.ir, ranking.evaluation.ir]);
      }),
    );
  });

  it("of a sample is that of the captions and photos drawn, and of all minimal pairs", async () => {
    const photos = [1, 2, 3, 4, 5, 6].map((n) => Float32Array.of(n, 1));
    const texts = photos.flatMap((_, image): CaptionText[] => [
      { text: "a", image, category: "scene" },
      { text: "b", image, ...(image < 2 ? { category: MINIMAL_PAIR } : { category: "count" }) },
    ]);
    const collection = { photos, texts, captions: texts.map(({ image }) => Float32Array.of(image - 2.5, 0)) };
    const ranking = await rankByDot(collection, 2);
    const asked: number[] = [];
    const found = await rerank(
      collection,
      ranking,
      async (text, rows) => {
        asked.push(text);
        return Float32Array.from(rows, (row) => (row === texts[text]!.image ? 1 : 0));
      },
      { ms: [2], sample: 3, seed: 5 },
    );
    expect([found.captions, found.photos]).toEqual([3, 3]);
    expect([...found.places[0]!.keys()].filter((text) => !Number.isNaN(found.places[0]![text]))).toEqual(sample(12, 3, 5));
    expect(asked.slice(0, 3)).toEqual(sample(12, 3, 5));
    // By dot the first photo is best for both captions of the pair, by the logit each one's own.
    expect([ranking.pairs, found.pairs]).toEqual([
      { captions: 2, right: 50 },
      { captions: 2, right: 100 },
    ]);
    expect(ranking.categories.map(({ name, captions }) => [name, captions])).toEqual([
      ["scene", 6],
      ["count", 4],
      [MINIMAL_PAIR, 2],
    ]);
    for (const { categories } of [found.dot, ...found.by]) expect(categories.reduce((sum, each) => sum + each.captions, 0)).toBe(3);
    expect(pairsOf([])).toBeUndefined();
  });

  it("ends when it is told to", async () => {
    const collection = collectionOf({
      photos: [Float32Array.of(1), Float32Array.of(2)],
      captions: [{ vector: Float32Array.of(1), image: 0 }],
    });
    await expect(rankByDot(collection, 1, { stopped: () => true })).rejects.toMatchObject({ code: "overtaken" });
  });
});

describe("minimal pairs", () => {
  it("are neighbours among the photos that have such captions", () => {
    const text = (image: number, category = MINIMAL_PAIR): CaptionText => ({ text: "", image, category });
    const texts = [text(8), text(9), text(9), text(10, "scene"), text(18), text(19), text(20), text(40)];
    expect([...rivalsOf(texts)]).toEqual([
      [0, 9],
      [1, 8],
      [2, 8],
      [4, 19],
      [5, 18],
    ]);
  });
});

describe("a sample", () => {
  it("is the same for a seed, has no number twice, and is all where all are asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.nat(250), fc.nat(), (count, n, seed) => {
        const drawn = sample(count, n, seed);
        expect(drawn).toEqual(sample(count, n, seed));
        expect([new Set(drawn).size, drawn.length]).toEqual([drawn.length, Math.min(n, count)]);
        expect(drawn.every((number, i) => number >= 0 && number < count && (i === 0 || number > drawn[i - 1]!))).toBe(true);
      }),
    );
    expect(sample(1000, 5, 1)).not.toEqual(sample(1000, 5, 2));
  });
});
