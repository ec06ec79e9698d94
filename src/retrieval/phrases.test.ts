import { describe, expect, it } from "vitest";
import { completions, Phrases } from "./phrases";

const listOf = (captions: string[]) => {
  const phrases = new Phrases();
  for (const caption of captions) phrases.add(caption);
  return phrases.list();
};

describe("what captions say again and again", () => {
  it("is told without what is said once, and without a word that ends nothing", () => {
    const captions = Array.from(
      { length: 300 },
      (_, i) => `A ${["red", "blue", "green"][i % 3]} car on the ${i % 2 ? "beach" : "road"}, no. ${i}x`,
    );
    const list = listOf(captions);
    expect(list).toContain("a red car on the beach");
    expect(list).toContain("a blue car on the road");
    expect(list).not.toContain("blue car on the road");
    expect(list.some((phrase) => /(^| )(on|the|a)$/.test(phrase))).toBe(false);
    expect(list.some((phrase) => phrase.includes("no"))).toBe(false);
    // Always said as part of more.
    expect(list).not.toContain("car on the");
    expect(list[0]).toMatch(/^a \w+ car on the \w+$/);
  });

  it("is what little there is of few captions, and nothing of none", () => {
    expect(listOf(["Two dogs run.", "a cat"])).toContain("two dogs run");
    expect(listOf([])).toEqual([]);
    expect(listOf(["", "?!", "dog"])).toEqual([]);
  });

  it("stays small whatever there is, and is the same for the same captions", () => {
    const words = Array.from({ length: 80 }, (_, i) => `w${i}`);
    let state = 7;
    const next = () => (state = (state * 48271) % 2147483647);
    const captions = Array.from({ length: 3000 }, () => Array.from({ length: 12 }, () => words[(next() % 9) * (next() % 9)]).join(" "));
    const list = listOf(captions);
    expect(list.length).toBeGreaterThan(200);
    expect(list.join("").length).toBeLessThanOrEqual(40_000);
    expect(listOf(captions)).toEqual(list);
  });
});

describe("what a typed text may become", () => {
  const phrases = ["a red car on the beach", "a red car", "a red boat", "snow at night", "red cars"];

  it("goes on with its whole, else with its last words", () => {
    expect(completions("A  red", phrases, 3)).toEqual(["a red car on the beach", "a red boat", "a red car"]);
    expect(completions("two dogs in the sn", phrases, 3)).toEqual(["two dogs in the snow at night"]);
    expect(completions("a red car ", phrases, 3)).toEqual(["a red car on the beach"]);
  });

  it("is nothing for what is whole, unknown, or hardly begun", () => {
    for (const typed of ["", " ", "s", "a red boat", "xyz", "?", "-"]) expect(completions(typed, phrases, 3)).toEqual([]);
  });
});
