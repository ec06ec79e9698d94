import { describe, expect, it } from "vitest";
import { Facets } from "./facets";
import type { Item } from "./manifest";

const photo = (id: string, width: number, taken?: string, place?: [number, number]): Item => ({
  id,
  details: { width, height: 100, type: id.split(".").at(-1)!, ...(taken ? { taken } : {}), ...(place ? { place } : {}) },
});

const facets = new Facets([
  photo("a/1.jpeg", 150, "2024-05-31T14:00:00", [48.1, 11.6]),
  photo("a/b/2.jpeg", 60, "2024-06-01T00:00:00", [48.9, 11.1]),
  photo("c/3.png", 102),
  { id: "4.jpg" },
]);

describe("filters", () => {
  it("keep what they say, as bits and as rows", () => {
    expect(facets.rows({ folder: "a" })).toEqual([0, 1]);
    expect(facets.rows({ folder: "a/b" })).toEqual([1]);
    expect(facets.bits({ folder: "a", shape: "portrait" })).toEqual(Uint8Array.of(0b10));
    expect(facets.bits({})).toBeUndefined();
    expect(facets.rows({ type: "png", shape: "square" })).toEqual([2]);
  });

  it("take days as a range with both ends, and only photos that have a day", () => {
    expect(facets.rows({ from: "2024-05-31", to: "2024-05-31" })).toEqual([0]);
    expect(facets.rows({ from: "2024-05-31" })).toEqual([0, 1]);
    expect(facets.rows({ to: "2024-05-30" })).toEqual([]);
  });

  it("count each value beside the rest of the filter", () => {
    const { kept, folder, shape, place, days } = facets.counts({ folder: "a", shape: "landscape" });
    expect(kept).toBe(1);
    // A photo in a folder below counts for both; its own facet does not narrow it.
    expect(folder).toEqual([["a", 1]]);
    expect(shape).toEqual([
      ["landscape", 1],
      ["portrait", 1],
    ]);
    expect(place).toEqual([["48° N, 11° E", 1]]);
    expect(days).toEqual(["2024-05-31", "2024-06-01"]);
  });
});
