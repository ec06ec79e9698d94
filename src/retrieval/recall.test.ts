import { describe, expect, it } from "vitest";
import { evaluate, oracle } from "./recall";

describe("Recall@K", () => {
  // The same case as training/tests/test_evaluate.py, so that both languages count alike.
  const scores = [Float64Array.of(3, 2.5), Float64Array.of(2, 1), Float64Array.of(1, 2), Float64Array.of(4, 0)];

  it("counts by hand", () => {
    const truths = [{ image: 0 }, { image: 0 }, { image: 1 }, { image: 1 }];
    const found = evaluate(2, truths, (text) => scores[text]!);
    expect(found.ir).toEqual({ r1: 75, r5: 100, r10: 100 });
    expect(found.tr).toEqual({ r1: 0, r5: 100, r10: 100 });
    expect(found.ar).toBeCloseTo(475 / 6);
    expect(found.oracle).toBeUndefined();
  });

  it("counts any satisfying image, beside the oracle", () => {
    const truths = [
      { image: 0, relevant: [0] },
      { image: 0, relevant: [0] },
      { image: 1, relevant: [1] },
      { image: 1, relevant: [0, 1] },
    ];
    const found = evaluate(2, truths, (text) => scores[text]!);
    expect(found.any!.r1).toBe(100);
    expect(found.oracle!.ar).toBeCloseTo((100 * ((1 + 1 + 1 + 0.5) / 4 + 5)) / 6);
  });

  it("takes a perfect ranker's ceiling over ties", () => {
    // Ten images that one wording fits, each with that caption alone: K of 10 for IR and TR alike.
    const relevant = Array.from({ length: 10 }, (_, i) => i);
    const { ar } = oracle(relevant.map((image) => ({ image, relevant })));
    expect(ar).toBeCloseTo((100 * (0.1 + 0.5 + 1 + 0.1 + 0.5 + 1)) / 6);
  });
});
