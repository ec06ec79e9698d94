import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Facets, type PhotoFilter } from "../gallery/facets";
import type { Item } from "../gallery/manifest";
import type { Condition, Fields } from "./engine";
import { conditionsOf, fieldsOf, spreadOf } from "./fields";

const folder = fc.constantFrom("a", "b", "a/b", "a/b/c", "b/a");
const day = fc.constantFrom("2023-12-31", "2024-02-29", "2024-03-01");
const item: fc.Arbitrary<Item> = fc.record({
  id: fc.tuple(folder, fc.constantFrom("1.jpg", "2.jpg")).map((parts) => parts.join("/")),
  details: fc.record(
    {
      width: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom("jpeg", "png"),
      taken: day.map((one) => `${one}T10:00:00`),
      place: fc.constantFrom<[number, number]>([1.5, 2.5], [-1.5, 2.5]),
    },
    { requiredKeys: ["width", "height", "type"] },
  ),
});
const filter: fc.Arbitrary<PhotoFilter> = fc.record(
  {
    folder,
    from: day,
    to: day,
    type: fc.constantFrom("jpeg", "png"),
    shape: fc.constantFrom("landscape", "portrait", "square"),
    place: fc.constantFrom("1° N, 2° E", "2° S, 2° E"),
  },
  { requiredKeys: [] },
);

/** What an engine does. */
const meets = (fields: Fields, condition: Condition): boolean => {
  const value = fields[condition.field];
  if ("is" in condition) return value === condition.is;
  return typeof value === "number" && value >= (condition.from ?? value) && value <= (condition.to ?? value);
};

describe("a filter as an engine's conditions", () => {
  it("keeps the photos that it keeps here", () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), filter, (items, filter) => {
        const kept = items.flatMap((one, row) =>
          conditionsOf(filter).every((each) => meets(fieldsOf(one, undefined), each)) ? [row] : [],
        );
        expect(kept).toEqual(new Facets(items).rows(filter));
      }),
    );
  });

  it("leaves what a photo scores in general as it was", () => {
    const spread = { mean: 1.25, deviation: 0.5 };
    expect(spreadOf(fieldsOf({ id: "a.jpg" }, spread))).toEqual(spread);
    expect(spreadOf(fieldsOf({ id: "a.jpg" }, undefined))).toBeUndefined();
  });
});
