import fc from "fast-check";
import { expect, test } from "vitest";
import { type Against, loss } from "./compose";
import { dot } from "./dot";
import { halve, unhalve } from "./half";
import { quantise } from "./planes";
import { Scan } from "./scan";
import { rowsOf } from "./test-rows";
import { searchWithout } from "./without";

const DIMENSION = 16;

function scanOf(vectors: Float32Array): Scan {
  const scan = new Scan(DIMENSION);
  const halves = halve(vectors, DIMENSION);
  scan.add(quantise(vectors, DIMENSION, 3, halves), halves);
  return scan;
}

const problem = fc.record({
  shape: fc.constantFrom("random", "clustered", "duplicated", "with zeros"),
  seed: fc.integer({ min: 1, max: 1e9 }),
  rows: fc.integer({ min: 0, max: 400 }),
  k: fc.integer({ min: 1, max: 12 }),
  weight: fc.constantFrom(0.1, 1, 10),
});

/** Answers are held against those of looking at every row; resolves to how many of them were said to be exact. */
async function exactOnes(runs: number, likeTheQuery: boolean): Promise<number> {
  let said = 0;
  await fc.assert(
    fc.asyncProperty(problem, async ({ shape, seed, rows, k, weight }) => {
      const vectors = rowsOf(shape, seed, rows, DIMENSION);
      const query = rowsOf("random", seed + 1, 1, DIMENSION);
      const vector = likeTheQuery ? Float64Array.from(query) : Float64Array.from(rowsOf("random", seed + 2, 1, DIMENSION));
      const against: Against[] = [{ vector, middle: 0, weight }];
      const { hits, exact } = await searchWithout(scanOf(vectors), query, against, k);
      const stored = halve(vectors, DIMENSION);
      const all = Array.from({ length: rows }, (_, row) => {
        const full = unhalve(stored, row);
        return { row, score: dot(query, full) - loss(full, against) };
      }).sort((a, b) => b.score - a.score || a.row - b.row);
      expect(hits).toHaveLength(Math.min(k, rows));
      if (!exact) return;
      said++;
      expect(hits).toEqual(all.slice(0, k));
    }),
    { numRuns: runs },
  );
  return said;
}

test("an answer that says it is exact misses no row, whatever is left out", async () => {
  expect(await exactOnes(100, false)).toBeGreaterThan(50);
});

test("where all of the best have what is left out, it does not say so without having seen the others", async () => {
  await exactOnes(100, true);
});

test("without anything to leave out it is the scan's answer", async () => {
  const scan = scanOf(rowsOf("random", 5, 50, DIMENSION));
  const query = rowsOf("random", 6, 1, DIMENSION);
  expect((await searchWithout(scan, query, [], 7)).hits).toEqual((await scan.search(query, 7)).hits);
});
