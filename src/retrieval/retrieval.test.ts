import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dequantise, LEVELS, quantise } from "./quantise";
import { evaluate, oracle } from "./recall";
import { Scan } from "./scan";
import { TopK } from "./top-k";

const finite = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });
const code = (value: string) => expect.objectContaining({ code: value });

/** Rows and a query of one dimension. */
const problem = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 60 })).chain(([dimension, rows]) =>
  fc.record({
    dimension: fc.constant(dimension),
    vectors: fc.array(finite, { minLength: rows * dimension, maxLength: rows * dimension }).map((a) => Float32Array.from(a)),
    query: fc.array(finite, { minLength: dimension, maxLength: dimension }).map((a) => Float32Array.from(a)),
  }),
);

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const length = (a: Float32Array) => Math.sqrt(dot(a, a));

describe("quantisation", () => {
  it("is off by at most half a step a number", () => {
    fc.assert(
      fc.property(problem, ({ dimension, vectors }) => {
        const rows = quantise(vectors, dimension);
        for (let row = 0; row < rows.rows; row++) {
          const back = dequantise(rows, row);
          for (let i = 0; i < dimension; i++) {
            const off = Math.abs(back[i]! - vectors[row * dimension + i]!);
            expect(off).toBeLessThanOrEqual(rows.scales[row]! * 0.5001 + 1e-30);
          }
        }
        expect(Math.max(0, ...rows.codes)).toBeLessThanOrEqual(LEVELS);
        expect(Math.min(0, ...rows.codes)).toBeGreaterThanOrEqual(-LEVELS);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (value) => {
    expect(() => quantise(Float32Array.of(1, value), 2)).toThrow(code("bad-vectors"));
  });

  it("refuses a length that is no whole number of rows", () => {
    expect(() => quantise(new Float32Array(5), 2)).toThrow(code("bad-vectors"));
  });
});

describe("the scan", () => {
  it("gives each row's dot score, within what quantising the query costs", () => {
    fc.assert(
      fc.property(problem, ({ dimension, vectors, query }) => {
        const rows = quantise(vectors, dimension);
        const scan = new Scan(dimension);
        scan.add(rows);
        const scores = scan.scores(query);
        for (let row = 0; row < rows.rows; row++) {
          const stored = dequantise(rows, row);
          // Each of the query's numbers is off by at most half of largest / 8191.
          const tolerance = (length(query) * Math.sqrt(dimension) * length(stored)) / 8191 + 1e-3;
          expect(Math.abs(scores[row]! - dot(stored, query))).toBeLessThanOrEqual(tolerance);
        }
      }),
    );
  });

  it("finds the k best of its own scores, in shards of any size, ties by row", () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 20 }), ({ dimension, vectors, query }, k, each) => {
        const scan = new Scan(dimension);
        for (let at = 0; at < vectors.length; at += each * dimension)
          scan.add(quantise(vectors.slice(at, at + each * dimension), dimension));
        const scores = scan.scores(query);
        const expected = [...scores]
          .map((score, row) => ({ row, score }))
          .sort((a, b) => b.score - a.score || a.row - b.row)
          .slice(0, k);
        expect(scan.search(query, k)).toEqual(expected);
      }),
    );
  });

  it("does not overflow at the largest dimension", () => {
    const ones = new Float32Array(2048).fill(1);
    const scan = new Scan(2048);
    scan.add(quantise(ones, 2048));
    expect(scan.search(ones, 1)[0]!.score).toBeCloseTo(2048, 2);
    expect(
      scan.search(
        ones.map((v) => -v),
        1,
      )[0]!.score,
    ).toBeCloseTo(-2048, 2);
  });

  it("goes on across slices and memory pages", () => {
    const [dimension, rows] = [48, 5000];
    let state = 1;
    const vectors = Float32Array.from({ length: rows * dimension }, () => {
      // xorshift32
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state / 2 ** 31;
    });
    const scan = new Scan(dimension);
    scan.add(quantise(vectors, dimension));
    for (const row of [0, 1023, 1024, 4999]) {
      const own = vectors.slice(row * dimension, (row + 1) * dimension);
      expect(scan.search(own, 1)[0]!.row).toBe(row);
      expect(scan.vector(row)[7]).toBeCloseTo(own[7]!, 1);
    }
  });

  it.each([
    ["a query of another dimension", () => new Scan(4).search(new Float32Array(3), 1), "bad-vectors"],
    ["a query with NaN", () => new Scan(2).search(Float32Array.of(1, Number.NaN), 1), "bad-vectors"],
    ["no hits", () => new Scan(2).search(new Float32Array(2), 0), "bad-query"],
    ["half a hit", () => new Scan(2).search(new Float32Array(2), 1.5), "bad-query"],
    ["rows of another dimension", () => new Scan(4).add(quantise(new Float32Array(6), 3)), "bad-vectors"],
    ["a dimension of 0", () => new Scan(0), "bad-vectors"],
    ["a dimension of 4096", () => new Scan(4096), "bad-vectors"],
  ])("refuses %s", (_, act, expected) => {
    expect(act).toThrow(code(expected));
  });

  it("answers nothing from nothing, and 0 to a query of zeros", () => {
    expect(new Scan(8).search(new Float32Array(8), 5)).toEqual([]);
    const scan = new Scan(2);
    scan.add(quantise(Float32Array.of(1, 2, 3, 4), 2));
    expect(scan.search(new Float32Array(2), 5)).toEqual([
      { row: 0, score: 0 },
      { row: 1, score: 0 },
    ]);
  });
});

describe("top K", () => {
  it("is the head of a full sort, offered in any pieces", () => {
    const scores = fc.array(fc.constantFrom(0, 1, 1, 2, -1, 0.5), { maxLength: 200 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 50 }), (values, k, each) => {
        const top = new TopK(k);
        for (let at = 0; at < values.length; at += each) top.offer(Float32Array.from(values.slice(at, at + each)), at);
        const expected = values.map((score, row) => ({ row, score })).sort((a, b) => b.score - a.score || a.row - b.row);
        expect(top.sorted()).toEqual(expected.slice(0, k));
      }),
    );
  });
});

describe("Recall@K", () => {
  // The same case as training/tests/test_evaluate.py, so that both languages count alike.
  const scores = [Float32Array.of(3, 2.5), Float32Array.of(2, 1), Float32Array.of(1, 2), Float32Array.of(4, 0)];

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
