import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogistic, logitOf, sigmoid } from "./logistic";
import { evidence, probabilityOf, spreadOver } from "./relevance";
import { auroc, calibrationError } from "./telling-apart";

/** Numbers from 0 to 1 that are the same everywhere. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ; ) {
    state = Math.imul(state, 48271) % 2147483647;
    if (state < 0) state += 2147483647;
    yield state / 2147483647;
  }
}

describe("a logistic fit", () => {
  const random = numbers();
  const rows = Array.from({ length: 4000 }, () => [10 * random.next().value - 3, random.next().value]);
  const truth = [0.8, -2, 0.5];
  const labels = rows.map((features) => random.next().value < sigmoid(logitOf(truth, features)));

  it("finds the weights that drew the labels, and its probabilities are the labels' shares", () => {
    const weights = fitLogistic(rows, labels);
    for (const [i, weight] of weights.entries()) expect(Math.abs(weight - truth[i]!)).toBeLessThan(0.3);
    const probabilities = rows.map((features) => probabilityOf(weights, features));
    // The gradient is 0 there: together the probabilities are as many as the labels.
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(labels.filter(Boolean).length, 3);
    expect(calibrationError(probabilities, labels)).toBeLessThan(0.03);
  });

  it("stays finite where the labels can be told apart without a fault", () => {
    const weights = fitLogistic([[0], [1], [2], [3]], [false, false, true, true]);
    expect(weights.every(Number.isFinite)).toBe(true);
    expect(probabilityOf(weights, [3])).toBeGreaterThan(0.95);
    expect(probabilityOf(weights, [0])).toBeLessThan(0.05);
  });
});

describe("how well labels are told apart", () => {
  it("is the share of pairs in the right order", () => {
    const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(cases, (drawn) => {
        const [scores, labels] = [drawn.map(([score]) => score), drawn.map(([, label]) => label)];
        const won = drawn
          .filter(([, label]) => label)
          .flatMap(([high]) => drawn.filter(([, label]) => !label).map(([low]) => (high > low ? 1 : high === low ? 0.5 : 0)));
        const expected = won.reduce((sum: number, one) => sum + one, 0) / won.length;
        const found = auroc(scores, labels);
        if (Number.isNaN(expected)) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(expected, 10);
      }),
    );
  });

  it("and how far probabilities are from what holds, bin by bin", () => {
    expect(calibrationError([0.25, 0.25, 0.25, 0.25], [true, false, false, false])).toBeCloseTo(0);
    expect(calibrationError([0.9, 0.9, 0.1, 0.1], [false, false, true, true])).toBeCloseTo(0.9);
    // Errors of one bin may cancel, those of two do not.
    expect(calibrationError([0.4, 0.6], [true, false])).toBeCloseTo(0.6);
    expect(calibrationError([1], [true])).toBeCloseTo(0);
  });
});

it("what a vector scores in general is the mean and deviation of its dot scores", () => {
  const bank = [Float32Array.of(1, 0), Float32Array.of(3, 4)];
  expect(spreadOver(bank, Float32Array.of(2, 1))).toEqual({ mean: 6, deviation: 4 });
  expect(evidence(5, { mean: 1, deviation: 2 }, { mean: 3, deviation: 4 })).toEqual([5, 1, 2, 3, 4]);
  expect(evidence(5, { mean: 1, deviation: 2 }, { mean: 3, deviation: 4 }, 6)).toEqual([5, 1, 2, 3, 4, 6]);
});
