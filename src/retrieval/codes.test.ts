import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dot } from "./dot";
import { halve, unhalve } from "./half";
import { LARGEST_NUMBER, META, quantise, rotatedRow } from "./planes";
import { Rotation } from "./rotation";
import { numbers, problem, rowsOf } from "./test-rows";

const code = (value: string) => expect.objectContaining({ code: value });
const length = (a: ArrayLike<number>) => Math.sqrt(dot(a, a));

describe("rotation", () => {
  it("keeps inner products and can be undone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1e9 }), (dimension, seed) => {
        const next = numbers(seed);
        const [a, b] = [Float64Array.from({ length: dimension }, next), Float64Array.from({ length: dimension }, next)];
        const [before, original] = [dot(a, b), a.slice()];
        const rotation = new Rotation(dimension);
        rotation.apply(a);
        rotation.apply(b);
        expect(dot(a, b)).toBeCloseTo(before, 9);
        rotation.undo(a);
        for (let i = 0; i < dimension; i++) expect(a[i]).toBeCloseTo(original[i]!, 9);
      }),
    );
  });

  it("spreads what one number holds over all of them", () => {
    for (const dimension of [256, 384, 512, 768]) {
      const one = new Float64Array(dimension);
      one[dimension - 7] = 1;
      new Rotation(dimension).apply(one);
      expect(Math.max(...one.map(Math.abs))).toBeLessThan(6 / Math.sqrt(dimension));
    }
  });

  it("is the same in every build", () => {
    const one = Float64Array.from({ length: 6 }, (_, i) => i + 1);
    new Rotation(6).apply(one);
    expect([...one].map((value) => Number(value.toFixed(6)))).toMatchInlineSnapshot(`
      [
        5,
        -0.75,
        -7.375,
        -1.375,
        -1.875,
        -2.375,
      ]
    `);
  });
});

describe("16-bit rows", () => {
  it("keep eleven bits of a row's largest number", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 99), max: 2 ** 99 }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const row = Float32Array.from(values);
          const back = unhalve(halve(row, row.length), 0);
          const largest = Math.max(...row.map(Math.abs));
          for (const [i, value] of row.entries()) expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(largest * 2 ** -11 + 1e-44);
        },
      ),
    );
  });

  it("round to the nearest, ties to even", () => {
    const back = unhalve(halve(Float32Array.of(1, 1 - 2 ** -12, 0.5 + 2 ** -12, 2 ** -25, -(2 ** -24)), 5), 0);
    expect([...back]).toEqual([1, 1, 0.5, 0, -(2 ** -24)]);
  });
});

describe("planes", () => {
  it("bound what each leaves of a row", () => {
    fc.assert(
      fc.property(problem, ({ shape, seed, dimension, rows }) => {
        const vectors = rowsOf(shape, seed, rows, dimension);
        const halves = halve(vectors, dimension);
        const planes = quantise(vectors, dimension, 3, halves);
        const rotation = new Rotation(dimension);
        for (let row = 0; row < rows; row++) {
          const y = unhalve(halves, row).map((value, i) => value - planes.centre[i]!);
          rotation.apply(y);
          const left = (count: number) =>
            length(rotatedRow({ ...planes, planes: planes.planes.slice(0, count) }, row).map((v, i) => v - y[i]!));
          const [norm, eight, twelve] = planes.meta.subarray(row * META, row * META + 3);
          expect(norm).toBeGreaterThanOrEqual(length(y));
          expect(eight).toBeGreaterThanOrEqual(left(2));
          expect(twelve).toBeGreaterThanOrEqual(left(3));
          for (const count of [1, 2]) {
            expect(planes.spreads[count - 1]! * planes.scales[row]!).toBeGreaterThanOrEqual(left(count) * (1 - 1e-9));
          }
          expect(planes.largest).toBeGreaterThanOrEqual(norm!);
          // Each plane is sixteen times finer.
          if (dimension > 15 && shape === "random") expect(twelve!).toBeLessThan(eight! / 8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, LARGEST_NUMBER * 2])("refuse %d", (value) => {
    expect(() => quantise(Float32Array.of(1, value), 2)).toThrow(code("bad-vectors"));
  });

  it("refuse a length that is no whole number of rows", () => {
    expect(() => quantise(new Float32Array(5), 2)).toThrow(code("bad-vectors"));
  });
});
