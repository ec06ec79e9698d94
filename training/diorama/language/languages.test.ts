import { describe, expect, it } from "vitest";
import type { Mention, Proposition } from "../propositions.ts";
import { randomOf } from "../random.ts";
import { COLOUR_NAMES } from "../world/colours.ts";
import { KIND_NAMES } from "../world/kinds/index.ts";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "./index.ts";

/** Many wordings of one proposition. */
const wordings = (language: Language, proposition: Proposition, style: "plain" | "count" | "terse" = "plain") =>
  Array.from({ length: 60 }, (_, draw) => LANGUAGES[language](randomOf("wording", draw), proposition, style));

const redCar: Mention = { kind: "car", colour: "red", count: 1 };
const twoDogs: Mention = { kind: "dog", colour: "blue", count: 2 };
const left: Proposition = { mentions: [redCar, twoDogs], relation: { subject: 0, is: "left", object: 1 } };
const behind: Proposition = { mentions: [redCar, twoDogs], relation: { subject: 0, is: "behind", object: 1 } };

describe.each(LANGUAGE_NAMES)("captions in %s", (language) => {
  it("name every kind in every colour, without a gap", () => {
    for (const kind of KIND_NAMES) {
      for (const [index, colour] of COLOUR_NAMES.entries()) {
        const count = (index % 5) + 1;
        for (const style of ["plain", "terse"] as const) {
          const text = LANGUAGES[language](
            randomOf(kind, colour),
            { mentions: [{ kind, colour, count, size: "small", material: "wood" }] },
            style,
          );
          expect(text).not.toMatch(/undefined|null|NaN|\s{2}|^\s|\s$|\[object/);
          expect(text.length).toBeGreaterThan(3);
        }
      }
    }
  });

  it("are worded in many ways", () => {
    const said = wordings(language, { ...left, place: "beach", time: "night" });
    expect(new Set(said).size).toBeGreaterThan(30);
  });

  it("say two things with a relation in an order that tells which is which", () => {
    const swapped: Proposition = { ...left, relation: { subject: 1, is: "left", object: 0 } };
    const [one, other] = [new Set(wordings(language, left, "terse")), new Set(wordings(language, swapped, "terse"))];
    for (const text of one) expect(other.has(text)).toBe(false);
  });

  it("tell times, places and weathers apart", () => {
    const terse = (rest: Partial<Proposition>) => new Set(wordings(language, { mentions: [redCar], ...rest }, "terse"));
    const sets = [
      terse({ place: "beach" }),
      terse({ place: "forest" }),
      terse({ time: "day" }),
      terse({ time: "night" }),
      terse({ weather: "rain" }),
      terse({ weather: "fog" }),
    ];
    const all = sets.flatMap((set) => [...set]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("agreement", () => {
  it("German: cases and endings", () => {
    for (const text of wordings("de", left)) expect(text).toMatch(/(links von|links neben) zwei blauen Hunden/);
    for (const text of wordings("de", { mentions: [{ kind: "dog", colour: "red", count: 1 }] })) {
      expect(text).toMatch(/(ein|Ein) (knall)?roter Hund|einen (knall)?roten Hund|einem (knall)?roten Hund/);
    }
    for (const text of wordings("de", { mentions: [{ kind: "cat", colour: "green", count: 3 }] }))
      expect(text).toMatch(/[Dd]rei grünen? Katzen/);
  });

  it("French: gender, number, elision, adjectives on their side", () => {
    for (const text of wordings("fr", left)) expect(text).toMatch(/gauche de deux chiens bleus/);
    const house: Mention = { kind: "house", colour: "white", size: "large", count: 2 };
    for (const text of wordings("fr", { mentions: [house] })) expect(text).toMatch(/[Dd]eux grandes (maisons|maisonnettes) blanches/);
    const beside: Proposition = {
      mentions: [twoDogs, { kind: "apple", colour: "green", count: 1 }],
      relation: { subject: 0, is: "right", object: 1 },
    };
    for (const text of wordings("fr", beside)) expect(text).toMatch(/droite d'une pomme verte/);
  });

  it("Czech: genitive after od, instrumental after za, genitive plural after five", () => {
    for (const text of wordings("cs", left)) expect(text).toMatch(/(vlevo|nalevo) od dvou modrých psů/);
    for (const text of wordings("cs", behind)) expect(text).toMatch(/za dvěma modrými psy/);
    for (const text of wordings("cs", { mentions: [{ kind: "cat", colour: "black", count: 5 }] }))
      expect(text).toMatch(/[Pp]ět černých koček/);
    for (const text of wordings("cs", { mentions: [{ kind: "dog", colour: "red", count: 2 }] })) expect(text).toMatch(/[Dd]va červení psi/);
  });

  it("Japanese: each thing has its counter, and living things are", () => {
    for (const text of wordings("ja", { mentions: [{ kind: "bird", colour: "white", count: 3 }] })) expect(text).toMatch(/3羽/);
    for (const text of wordings("ja", { mentions: [{ kind: "castle", count: 2 }] })) expect(text).toMatch(/二つ/);
    const said = wordings("ja", { mentions: [{ kind: "dog", count: 1 }] }).join();
    expect(said).toMatch(/います/);
    expect(said).not.toMatch(/あります/);
  });

  it("Chinese: each thing has its measure word, and two is 两", () => {
    for (const text of wordings("zh", left)) expect(text).toMatch(/两只蓝色的(狗|小狗)的(左边|左侧)/);
    for (const text of wordings("zh", { mentions: [{ kind: "horse", colour: "red", count: 1 }] })) expect(text).toMatch(/一匹/);
  });
});
