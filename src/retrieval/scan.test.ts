import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DotlightError } from "../files/errors";
import { dot } from "./dot";
import { type HalfRows, halve, unhalve } from "./half";
import { planeWidth, quantise, rotatedRow } from "./planes";
import { Rotation } from "./rotation";
import { type Hit, Scan } from "./scan";
import { problem, rowsOf } from "./test-rows";

const code = (value: string) => expect.objectContaining({ code: value });

/** The truth: float64 inner products with the rows as they are stored, best first, equal ones by row. */
function bruteForce(rows: HalfRows, query: Float32Array, k: number, allowed: (row: number) => boolean = () => true): Hit[] {
  return Array.from({ length: rows.rows }, (_, row) => ({ row, score: dot(query, unhalve(rows, row)) }))
    .filter(({ row }) => allowed(row))
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, k);
}

/** A scan of these rows in shards of `each`, with their full-precision rows. */
function scanOf(vectors: Float32Array, dimension: number, each: number, options?: ConstructorParameters<typeof Scan>[1]): Scan {
  const scan = new Scan(dimension, options);
  for (let at = 0; at < vectors.length; at += each * dimension) {
    const part = vectors.slice(at, at + each * dimension);
    const halves = halve(part, dimension);
    scan.add(quantise(part, dimension, 3, halves), halves);
  }
  return scan;
}

describe("the scan", () => {
  for (const [name, options] of [
    ["relaxed", {}],
    ["plain", { relaxed: false }],
    ["shared", { shared: true }],
  ] as const) {
    it(`gives the float64 order of any rows (${name} kernel)`, async () => {
      await fc.assert(
        fc.asyncProperty(problem, fc.constantFrom(1, 1e-38, 1e12), async ({ shape, seed, dimension, rows, each, k }, size) => {
          const vectors = rowsOf(shape, seed, rows, dimension);
          const scan = scanOf(vectors, dimension, each, options);
          const query = rowsOf("random", seed + 1, 1, dimension).map((value) => value * size);
          const { hits, exact, of } = await scan.search(query, k);
          if (rows > 0) expect({ exact, of }).toEqual({ exact: true, of: "full" });
          expect(hits).toEqual(bruteForce(halve(vectors, dimension), query, k));
        }),
        { numRuns: 120 },
      );
    });
  }

  it("gives it to a query whose codes do not cancel out: what has not been read stands for its middle", async () => {
    const [rows, dimension] = [3000, 512];
    const query = new Float64Array(dimension).fill(1);
    new Rotation(dimension).undo(query);
    const vectors = rowsOf("random", 31, rows, dimension);
    const scan = scanOf(vectors, dimension, 1000);
    for (const sign of [1, -1]) {
      const signed = Float32Array.from(query, (value) => sign * value);
      const { hits, exact } = await scan.search(signed, 5);
      expect(exact).toBe(true);
      expect(hits).toEqual(bruteForce(halve(vectors, dimension), signed, 5));
    }
  });

  it("answers of other rows when it was cleared, in the memory that it has", async () => {
    const scan = scanOf(rowsOf("random", 21, 5000, 64), 64, 2000);
    const query = rowsOf("random", 22, 1, 64);
    await scan.search(query, 3, { filter: new Uint8Array(625).fill(255) });
    const bytes = scan.memory.memory.buffer.byteLength;
    for (const seed of [23, 24]) {
      const vectors = rowsOf("clustered", seed, 3000, 64);
      scan.clear();
      const halves = halve(vectors, 64);
      scan.add(quantise(vectors, 64, 3, halves), halves);
      expect((await scan.search(query, 7)).hits).toEqual(bruteForce(halves, query, 7));
    }
    expect(scan.memory.memory.buffer.byteLength).toBe(bytes);
  });

  it("answers several queries as it answers each", async () => {
    const vectors = rowsOf("random", 5, 9000, 64);
    const scan = scanOf(vectors, 64, 5000);
    const queries = Array.from({ length: 70 }, (_, seed) => seed).map((seed) => rowsOf("random", 100 + seed, 1, 64));
    const each = await Promise.all(queries.map((query) => scan.search(query, 7)));
    expect((await scan.searchMany(queries, 7)).map(({ hits }) => hits)).toEqual(each.map(({ hits }) => hits));
  });

  it("skips what a filter leaves out", async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.integer({ min: 1, max: 9 }), async ({ seed, rows, each, k }, every) => {
        const vectors = rowsOf("random", seed, rows, 32);
        const scan = scanOf(vectors, 32, each);
        const filter = new Uint8Array(Math.ceil(rows / 8));
        for (let row = 0; row < rows; row += every) filter[row >> 3] = filter[row >> 3]! | (1 << (row & 7));
        const query = rowsOf("random", seed + 1, 1, 32);
        const expected = bruteForce(halve(vectors, 32), query, k, (row) => row % every === 0);
        expect((await scan.search(query, k, { filter })).hits).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("misses hardly anything when it is fast, and says that it may", async () => {
    const [rows, dimension] = [20_000, 128];
    const vectors = rowsOf("random", 77, rows, dimension);
    const scan = scanOf(vectors, dimension, rows);
    let found = 0;
    for (let i = 0; i < 20; i++) {
      const query = rowsOf("random", 1000 + i, 1, dimension);
      const [fast, exact] = [await scan.search(query, 10, { mode: "fast" }), await scan.search(query, 10, { mode: "exact" })];
      expect(fast.exact).toBe(false);
      expect(fast.work.refined).toBeLessThan(exact.work.refined);
      const truth = new Set(exact.hits.map(({ row }) => row));
      found += fast.hits.filter(({ row }) => truth.has(row)).length;
    }
    expect(found).toBeGreaterThanOrEqual(199);
  });

  it("says what its order is exact for", async () => {
    const vectors = rowsOf("random", 3, 50, 16);
    const query = rowsOf("random", 4, 1, 16);
    for (const [count, of] of [
      [1, "4 bits"],
      [2, "8 bits"],
      [3, "12 bits"],
    ] as const) {
      const planes = quantise(vectors, 16, count);
      const scan = new Scan(16);
      scan.add(planes);
      const rotation = new Rotation(16);
      const rotated = Float64Array.from(query);
      rotation.apply(rotated);
      const scores = Array.from({ length: 50 }, (_, row) => ({
        row,
        score: dot(query, planes.centre) + dot(rotated, rotatedRow(planes, row)),
      }));
      const answer = await scan.search(query, 5);
      expect(answer).toMatchObject({ exact: true, of });
      expect(answer.hits.map(({ row }) => row)).toEqual(
        scores
          .sort((a, b) => b.score - a.score)
          .slice(0, 5)
          .map(({ row }) => row),
      );
    }
  });

  it("takes later planes of a shard as they arrive", async () => {
    const vectors = rowsOf("random", 8, 3000, 64);
    const whole = quantise(vectors, 64, 3);
    const scan = new Scan(64);
    scan.add({ ...whole, planes: whole.planes.slice(0, 1) });
    const query = rowsOf("random", 9, 1, 64);
    const coarse = await scan.search(query, 200);
    scan.addPlane(0, whole.planes[1]!, whole.meta);
    scan.addPlane(0, whole.planes[2]!);
    const fine = await scan.search(query, 10);
    expect(coarse.of).toBe("4 bits");
    expect(fine.of).toBe("12 bits");
    const among = new Set(coarse.hits.map(({ row }) => row));
    expect(fine.hits.every(({ row }) => among.has(row))).toBe(true);
  });

  it("reads full rows from elsewhere for the few that are left", async () => {
    const vectors = rowsOf("random", 12, 4000, 64);
    const halves = halve(vectors, 64);
    const scan = new Scan(64);
    scan.add(quantise(vectors, 64, 3, halves));
    let read = 0;
    scan.setReader({
      read: async (rows) => {
        read += rows.length;
        return rows.map((row) => unhalve(halves, row));
      },
    });
    const query = rowsOf("random", 13, 1, 64);
    const answer = await scan.search(query, 10);
    expect(answer.hits).toEqual(bruteForce(halves, query, 10));
    expect(answer.of).toBe("full");
    expect(read).toBeLessThan(100);
  });

  it("answers from first planes and the rows read for the best of them, and does not call that exact", async () => {
    const vectors = rowsOf("random", 21, 3000, 64);
    const halves = halve(vectors, 64);
    const scan = new Scan(64);
    const whole = quantise(vectors, 64, 3, halves);
    scan.add({ ...whole, planes: whole.planes.slice(0, 1) });
    let read = 0;
    scan.setReader({
      read: async (rows) => {
        read += rows.length;
        return rows.map((row) => unhalve(halves, row));
      },
    });
    const query = rowsOf("random", 22, 1, 64);
    const answer = await scan.search(query, 10, { mode: "exact" });
    expect(answer).toMatchObject({ exact: false, of: "full" });
    expect(answer.hits).toEqual(bruteForce(halves, query, 10));
    expect(read).toBeLessThanOrEqual(200);
  });

  it("answers by its codes, and says so, when full rows cannot be read", async () => {
    const vectors = rowsOf("random", 31, 500, 32);
    const scan = new Scan(32);
    scan.add(quantise(vectors, 32, 3, halve(vectors, 32)));
    scan.setReader({ read: () => Promise.reject(new DotlightError("network", "gone", "")) });
    const answer = await scan.search(rowsOf("random", 32, 1, 32), 10);
    expect(answer.of).toBe("12 bits");
    expect(answer.hits).toHaveLength(10);
  });

  it("goes on when more rows tie than there was room for", async () => {
    const vectors = new Float32Array(20_000 * 4).fill(0.5);
    const scan = scanOf(vectors, 4, 20_000);
    const { hits } = await scan.search(Float32Array.of(1, 2, 3, 4), 3);
    expect(hits).toEqual([0, 1, 2].map((row) => ({ row, score: 5 })));
  });

  it("goes on when more rows tie than there was room for, of those that a filter keeps", async () => {
    const rows = 60_000;
    const scan = scanOf(new Float32Array(rows * 4).fill(0.5), 4, 25_000);
    for (const every of [2, 5]) {
      const filter = new Uint8Array(rows / 8);
      for (let row = 1; row < rows; row += every) filter[row >> 3] = filter[row >> 3]! | (1 << (row & 7));
      const { hits, work } = await scan.search(Float32Array.of(1, 2, 3, 4), 3, { filter });
      expect(hits).toEqual([0, 1, 2].map((i) => ({ row: 1 + i * every, score: 5 })));
      expect(work.settled).toBe(rows / every);
    }
  });

  it("gives way to a newer query", async () => {
    const scan = scanOf(rowsOf("random", 2, 50_000, 32), 32, 50_000);
    const query = rowsOf("random", 3, 1, 32);
    let asked = 0;
    await expect(scan.search(query, 5, { overtaken: () => ++asked === 3 })).rejects.toThrow(code("overtaken"));
    expect(asked).toBe(3);
    expect((await scan.search(query, 5)).hits).toHaveLength(5);
  });

  it("does not overflow at the largest dimension", async () => {
    const ones = new Float32Array(2048).fill(1);
    const scan = scanOf(new Float32Array([...ones, ...ones.map((v) => -v), ...ones.map((_, i) => (i % 2 ? 1 : -1))]), 2048, 3);
    expect((await scan.search(ones, 3)).hits).toEqual([
      { row: 0, score: 2048 },
      { row: 2, score: 0 },
      { row: 1, score: -2048 },
    ]);
  });

  it("gives a row back as it is stored", () => {
    const vectors = rowsOf("random", 6, 20, 48);
    const scan = scanOf(vectors, 48, 7);
    expect([...scan.vector(13)]).toEqual([...unhalve(halve(vectors, 48), 13)]);
    const planes = new Scan(48);
    planes.add(quantise(vectors, 48));
    for (const [i, value] of planes.vector(13).entries()) expect(value).toBeCloseTo(vectors[13 * 48 + i]!, 2);
  });

  it.each([
    ["a query of another dimension", (scan: Scan) => scan.search(new Float32Array(3), 1), "bad-vectors"],
    ["a query with NaN", (scan: Scan) => scan.search(Float32Array.of(1, Number.NaN), 1), "bad-vectors"],
    ["a query beyond what products hold", (scan: Scan) => scan.search(Float32Array.of(1, 1e30), 1), "bad-vectors"],
    ["no hits", (scan: Scan) => scan.search(new Float32Array(2), 0), "bad-query"],
    ["half a hit", (scan: Scan) => scan.search(new Float32Array(2), 1.5), "bad-query"],
    ["a filter of other rows", (scan: Scan) => scan.search(new Float32Array(2), 1, { filter: new Uint8Array(9) }), "bad-query"],
  ])("refuses %s", async (_, act, expected) => {
    await expect(act(scanOf(Float32Array.of(1, 2, 3, 4), 2, 2))).rejects.toThrow(code(expected));
  });

  it.each([
    ["rows of another dimension", () => new Scan(4).add(quantise(new Float32Array(6), 3)), "bad-vectors"],
    ["a dimension of 0", () => new Scan(0), "bad-vectors"],
    ["a dimension of 4096", () => new Scan(4096), "bad-vectors"],
  ])("refuses %s at once", (_, act, expected) => {
    expect(act).toThrow(code(expected));
  });

  it("answers nothing from nothing, 0 to a query of zeros, and all rows to a large k", async () => {
    expect((await new Scan(8).search(new Float32Array(8), 5)).hits).toEqual([]);
    const scan = scanOf(Float32Array.of(1, 2, 3, 4), 2, 2);
    expect((await scan.search(new Float32Array(2), 50)).hits).toEqual([
      { row: 0, score: 0 },
      { row: 1, score: 0 },
    ]);
  });

  it("says so when memory is refused, and goes on with what it has", async () => {
    const scan = scanOf(Float32Array.of(1, 2, 3, 4), 2, 2);
    expect(() => scan.memory.allocate(5e9)).toThrow(code("no-memory"));
    expect((await scan.search(Float32Array.of(1, 0), 1)).hits).toEqual([{ row: 1, score: 3 }]);
  });

  it("takes at most 800 bytes a photo at 512 dimensions", () => {
    const scan = new Scan(512);
    const before = scan.memory.used;
    scan.add(quantise(rowsOf("random", 1, 4096, 512), 512));
    expect((scan.memory.used - before) / 4096).toBeLessThanOrEqual(800);
    expect(planeWidth(512) * 3).toBe(768);
  });
});
