import fc from "fast-check";
import { expect, test } from "vitest";
import { GridLayout } from "./layout";

const shapes = fc
  .record({
    count: fc.integer({ min: 1, max: 1_000_000 }),
    columns: fc.integer({ min: 1, max: 20 }),
    breaks: fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 3 }),
  })
  .map(({ count, columns, breaks }) => ({ count, columns, pitch: 110, gap: 10, heading: 64, breaks: breaks.sort((a, b) => a - b) }));
const places = (count: number) => fc.integer({ min: 0, max: count - 1 });

test("every place lies in the row that is found at its height, and rows hold each place once", () => {
  fc.assert(
    fc.property(
      shapes.chain((shape) => fc.tuple(fc.constant(shape), places(shape.count))),
      ([shape, place]) => {
        const layout = new GridLayout(shape);
        const row = layout.rowOf(place);
        const [from, to] = layout.places(row);
        expect(from <= place && place < to && to - from <= shape.columns).toBe(true);
        expect(layout.rowAt(layout.photosTop(row))).toBe(row);
        expect(layout.rowAt(layout.top(row))).toBe(row);
        expect(layout.photosTop(row) + shape.pitch - shape.gap).toBeLessThanOrEqual(layout.height);
        if (row > 0) expect(layout.places(row - 1)[1]).toBe(from);
        if (row + 1 < layout.rows) expect(layout.top(row + 1)).toBe(layout.photosTop(row) + shape.pitch);
        else expect(to).toBe(shape.count);
      },
    ),
  );
});

test("a section begins a new row below its heading", () => {
  const layout = new GridLayout({ count: 10, columns: 4, pitch: 110, gap: 10, heading: 64, breaks: [5] });
  expect([0, 1, 2, 3].map((row) => layout.places(row))).toEqual([
    [0, 4],
    [4, 5],
    [5, 9],
    [9, 10],
  ]);
  expect([0, 1, 2, 3].map((row) => layout.top(row))).toEqual([0, 110, 220, 394]);
  expect(layout.photosTop(2)).toBe(284);
  expect(layout.height).toBe(494);
});

test("a step down and up keeps the column where the row has it, and ends at the ends", () => {
  const layout = new GridLayout({ count: 10, columns: 4, pitch: 110, gap: 10, heading: 64, breaks: [5] });
  expect(layout.beside(2, 1)).toBe(4);
  expect(layout.beside(4, 1)).toBe(5);
  expect(layout.beside(8, -2)).toBe(3);
  expect(layout.beside(1, -1)).toBe(-1);
  expect(layout.beside(6, -9)).toBe(1);
  expect(layout.beside(9, 3)).toBe(9);
});

test("a grid of nothing has no height", () => {
  const layout = new GridLayout({ count: 0, columns: 4, pitch: 110, gap: 10, heading: 64, breaks: [] });
  expect([layout.rows, layout.height]).toEqual([0, 0]);
});
