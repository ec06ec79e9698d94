import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Asked, forgetSearches, onlySaved, readSearches, remembered, toggled, without, writeSearches } from "./searches";

const of = (query: string, gallery = "g"): Asked => ({ gallery, query });
const queries = (searches: Asked[]) => searches.map(({ query, saved }) => (saved ? `*${query}` : query));

describe("searches", () => {
  it("are remembered newest first, each once, without what they were while they were typed", () => {
    let searches: Asked[] = [];
    for (const query of ["a cat", "a red", "a red car", "a cat", "a"]) searches = remembered(searches, of(query));
    expect(queries(searches)).toEqual(["a", "a cat", "a red car"]);
    expect(queries(remembered(searches, of("a c", "other")))).toEqual(["a c", "a", "a cat", "a red car"]);
  });

  it("are forgotten when many came after them, unless they were saved", () => {
    let searches = toggled([of("first"), of("second")], of("first"));
    for (let i = 0; i < 100; i++) searches = remembered(searches, of(`${i} birds`));
    expect(searches).toHaveLength(61);
    expect(queries(searches)).toContain("*first");
    expect(queries(searches)).not.toContain("second");
    expect(queries(remembered(searches, of("first"))).slice(0, 2)).toEqual(["*first", "99 birds"]);
  });

  it("are saved and let go, taken away one by one or all that are not saved", () => {
    const searches = toggled([of("a"), of("b"), of("a", "other")], of("a"));
    expect(queries(searches)).toEqual(["*a", "b", "a"]);
    expect(queries(toggled(searches, of("a")))).toEqual(["a", "b", "a"]);
    expect(without(searches, of("a"))).toEqual([of("b"), of("a", "other")]);
    expect(queries(onlySaved(searches, "g"))).toEqual(["*a", "a"]);
  });
});

describe("what the browser keeps of them", () => {
  let kept: Map<string, string>;
  beforeEach(() => {
    kept = new Map();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("comes back, and all of a gallery goes when that does", () => {
    writeSearches([of("a"), of("b", "other")]);
    expect(readSearches()).toEqual([of("a"), of("b", "other")]);
    forgetSearches("g");
    expect(readSearches()).toEqual([of("b", "other")]);
  });

  it.each(["", "{", "7", "null", '{"a":1}', '[7, null, "x", {"gallery":"g"}, {"gallery":1,"query":"q"}, {"gallery":"g","query":""}]'])(
    "is nothing where it is damaged: %s",
    (text) => {
      kept.set("dotlight-searches", text);
      expect(readSearches()).toEqual([]);
    },
  );
});
