import { describe, expect, it } from "vitest";
import { cs } from "./cs";
import { de } from "./de";
import { en } from "./en";
import { fr } from "./fr";
import { ja } from "./ja";
import { zh } from "./zh";

const OTHERS = { de, fr, cs, ja, zh };

type Leaf = [path: string, text: unknown];

function leaves(texts: object, path = ""): Leaf[] {
  return Object.entries(texts).flatMap(([name, text]): Leaf[] => {
    // Only some languages have other names for keys.
    if (name === "keys") return [];
    return typeof text === "object" && text !== null ? leaves(text, `${path}.${name}`) : [[`${path}.${name}`, text]];
  });
}

/** Texts that take something else than numbers, names and truths. */
const ARGUMENTS: Record<string, unknown[][]> = {
  ".minute": [["2024-05-31T14:03:00"], ["no date"]],
  ".second": [["2024-05-31T14:03:00"], ["no date"]],
  ".fixed": [[23, 1]],
  ".milliseconds": [[23, 1]],
  ".import.done": [["23"]],
  ".import.stopped": [["23"]],
  ".import.listed": [[["23", "47"]]],
};

/** Each argument recognisable, and each also as it is in the other branches and plural forms. */
function samplesOf(path: string, text: (...of: unknown[]) => unknown): unknown[][] {
  const all = Array.from({ length: text.length }, (_, i) => [23, 47, 61, 89, 97][i]!);
  const counts = [0, 0.5, 1, 2, 5, 21, 1000, 2_500_000_000];
  return ARGUMENTS[path] ?? [all, ...all.flatMap((_, at) => counts.map((count) => all.with(at, count)))];
}

const said = (text: unknown): string => (Array.isArray(text) ? text.map(said).join("") : String(text));

const numbersIn = (text: string): string[] => ["23", "47", "61", "89", "97"].filter((mark) => text.includes(mark));

describe.each(Object.entries(OTHERS))("the texts in %s", (_, texts) => {
  const english = new Map(leaves(en));
  const all = leaves(texts);

  it("are there, each of them, none empty", () => {
    expect(all.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of all) {
      if (typeof text === "string") expect(text.trim(), path).not.toBe("");
    }
  });

  it("keep what is put into them, in every plural form", () => {
    for (const [path, text] of all) {
      if (typeof text !== "function") continue;
      const other = english.get(path) as (...of: unknown[]) => unknown;
      for (const sample of samplesOf(path, other)) {
        const [here, there] = [said(text(...sample)), said(other(...sample))];
        expect(here.trim(), path).not.toBe("");
        expect(here, path).not.toMatch(/undefined|NaN|\[object/);
        expect(numbersIn(here), `${path}(${sample.join()}): ${here}`).toEqual(expect.arrayContaining(numbersIn(there)));
      }
    }
  });

  it("are not English", () => {
    const same = all.filter(([path, text]) => typeof text === "string" && text.split(" ").length > 2 && text === english.get(path));
    expect(same).toEqual([]);
  });
});

describe("dates and numbers", () => {
  it("are written as the language writes them", () => {
    expect(de.number(1234567.5)).toBe("1.234.567,5");
    expect(de.fixed(1234.56, 1)).toBe("1234,6");
    expect(fr.bytes(2.5e9)).toBe("2,5 Go");
    expect(en.bytes(2.5e9)).toBe("2.5 GB");
    expect(ja.minute("2024-05-31T14:03:00")).toBe("2024/05/31 14:03");
    expect(cs.told.matches(3)).toBe("3 obrázky odpovídají. ");
    expect(cs.told.matches(5)).toBe("5 obrázků odpovídá. ");
  });
});
