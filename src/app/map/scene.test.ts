import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../../sample";
import { WHOLE, zoomed } from "./camera";
import { LIT, Scene } from "./scene";
import { sideOf } from "./thinning";

const FRAME = { width: 800, height: 500 };
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

function scattered(count: number, seed: number): Float32Array {
  const next = random(seed);
  // In crowds, some on the very same place.
  return Float32Array.from({ length: count * 2 }, () => Math.round(next() ** 3 * 400) / 400);
}

const near = (times: number) => zoomed(WHOLE, FRAME, times, 200, 120, 64);
const apart = (a: { x: number; y: number; side: number }, b: { x: number; y: number; side: number }) =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) - (a.side + b.side) / 2;

describe("what a map shows", () => {
  it("are pictures of which none lies on another, with and without an answer, at every zoom", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.nat(),
        fc.double({ min: 1, max: 40, noNaN: true }),
        fc.option(fc.uniqueArray(fc.nat(299), { maxLength: 40 })),
        (count, seed, times, found) => {
          const rows = found?.filter((row) => row < count);
          const scene = new Scene(scattered(count, seed), FRAME, rows && { rows, matches: Math.ceil(rows.length / 2), ranked: true });
          const seen = scene.seen(near(times));
          for (const [i, one] of seen.entries()) for (const other of seen.slice(i + 1)) expect(apart(one, other)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is more, the nearer one looks, and nothing that was there goes", () => {
    const scene = new Scene(scattered(500, 1), FRAME, undefined);
    const all = (times: number) => new Set(scene.seen({ x: 0.5, y: 0.5, zoom: times }).map(({ row }) => row));
    const inBoth = (rows: Set<number>, times: number) => {
      const camera = { x: 0.5, y: 0.5, zoom: times };
      return [...rows].filter((row) => {
        const [x, y] = scene.at(row, camera);
        return x > 0 && y > 0 && x < FRAME.width && y < FRAME.height;
      });
    };
    for (const [before, after] of [
      [1, 1.5],
      [1.5, 2.2],
      [2.2, 9],
    ] as const) {
      const rows = all(after);
      for (const row of inBoth(all(before), after)) expect(rows.has(row)).toBe(true);
    }
    expect(scene.seen(WHOLE).length).toBeGreaterThan(30);
  });

  it("begins with the best of an answer: larger, before all others, and marked", () => {
    const places = scattered(400, 2);
    const rows = [17, 230, 5, 99];
    const scene = new Scene(places, FRAME, { rows, matches: 2, ranked: true });
    const seen = scene.seen(WHOLE);
    const lit = (row: number) => seen.find((one) => one.row === row);
    expect(lit(17)).toMatchObject({ lit: "matches", side: sideOf(FRAME, 1) * LIT });
    expect(seen.filter(({ lit }) => lit === "near").every(({ row }) => [5, 99].includes(row))).toBe(true);
    expect(seen.filter(({ lit }) => lit).every(({ row }) => rows.includes(row))).toBe(true);
    expect(scene.first(WHOLE)).toBe(17);
  });

  it("finds the photo under the pointer: the picture first, else the dot beside it, else none", () => {
    // Two far away; the third is too near to the first to be a picture.
    const scene = new Scene(Float32Array.of(0, 0, 1, 1, 0.01, 0.05), FRAME, undefined);
    const [first, other] = [scene.at(0, WHOLE), scene.at(1, WHOLE)];
    expect(scene.seen(WHOLE).map(({ row }) => row)).toEqual([0, 1]);
    expect(scene.hit(...first, WHOLE, undefined)).toBe(0);
    expect(scene.hit(other[0] - 20, other[1] - 20, WHOLE, undefined)).toBe(1);
    expect(scene.hit(400, 250, WHOLE, undefined)).toBeUndefined();
    const [x, y] = scene.at(2, near(30));
    expect(scene.hit(x, y, near(30), undefined)).toBe(2);
    // What is pointed at is larger, and lies above.
    expect(scene.hit(first[0] + sideOf(FRAME, 1) * 0.7, first[1], WHOLE, 0)).toBe(0);
  });

  it("leads from picture to picture in the direction of a key, and to all of them", () => {
    const scene = new Scene(scattered(300, 4), FRAME, undefined);
    const pictures = scene.seen(WHOLE).map(({ row }) => row);
    const reached = new Set([scene.first(WHOLE)]);
    for (const row of reached) {
      for (const [right, down] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const next = scene.towards(row, WHOLE, right, down);
        if (next === undefined) continue;
        const [[fromX, fromY], [x, y]] = [scene.at(row, WHOLE), scene.at(next, WHOLE)];
        expect((x - fromX) * right + (y - fromY) * down).toBeGreaterThan(0);
        reached.add(next);
      }
    }
    expect(reached.size).toBe(pictures.length);
  });

  it("knows which pictures lie about a photo, the nearest first", () => {
    const scene = new Scene(Float32Array.from(numbers(5).flatMap((i) => [i / 4, 0.5])), FRAME, undefined);
    expect(scene.around(1, WHOLE, 3)).toEqual([0, 2, 3]);
  });
});
