import { describe, expect, it } from "vitest";
import { captionsOf } from "../../captions.ts";
import { compose } from "../../compose.ts";
import { randomOf } from "../../random.ts";
import { listed } from "../style.ts";
import { say } from "./index.ts";
import { article, nounPhrase } from "./phrases.ts";

const captions = Array.from({ length: 300 }, (_, number) => captionsOf(compose(3, number), 3, 10)).flat();
const sentences = captions.filter(({ category }) => category !== "terse");

describe("English", () => {
  it("chooses a or an by the sound", () => {
    expect([article("orange car"), article("umbrella"), article("blue dog")]).toEqual(["an orange car", "an umbrella", "a blue dog"]);
  });

  it("lists without a comma before 'and'", () => {
    expect([listed(["a"], "and"), listed(["a", "b"], "and"), listed(["a", "b", "c"], "and")]).toEqual(["a", "a and b", "a, b and c"]);
  });

  it("takes the plural exactly where there is more than one", () => {
    for (let draw = 0; draw < 200; draw++) {
      const random = randomOf("plural", draw);
      expect(nounPhrase(random, { kind: "bench", colour: "red", count: 1 }).text).toMatch(/bench(?!es)/);
      expect(nounPhrase(random, { kind: "bench", colour: "red", count: 2 }).text).toMatch(/benches/);
      expect(nounPhrase(random, { kind: "dog", count: "several" }).text).toMatch(/dogs|puppies/);
    }
  });

  it("writes clean sentences", () => {
    for (const { raw } of captions) {
      expect(raw).not.toMatch(/ {2}|^ | $|undefined|NaN| ,|,,|\.\.| \./);
      expect(raw).not.toMatch(/\ba [aeiou]|\ban [^aeiou]/i);
      expect(raw).not.toMatch(/(picture of|view of|see) (on|at|in|by|during|under|among|high|after)\b/i);
    }
  });

  it("makes verb and noun agree", () => {
    for (const { raw } of sentences) {
      expect(raw).not.toMatch(/\b(there is|There is)( only)? (two|three|some|exactly two|exactly three)\b/);
      expect(raw).not.toMatch(/\bthere are( only)? (an?|one|just one|exactly one|a single) (?!(pair|group|total))/i);
      expect(raw).not.toMatch(/\b(one|a single) (bright )?([a-z]+ )?(dogs|cars|benches|boats|houses)\b/);
    }
  });

  it("says every fact of the proposition, and none twice", () => {
    const proposition = {
      mentions: [{ kind: "car", colour: "red", count: 1 } as const, { kind: "bird", colour: "blue", count: 3 } as const],
      place: "snow" as const,
      time: "night" as const,
      relation: { subject: 0, is: "behind", object: 1 } as const,
    };
    for (let draw = 0; draw < 300; draw++) {
      for (const style of ["plain", "count", "terse"] as const) {
        const raw = say(randomOf("facts", draw), proposition, style);
        for (const fact of [/\bred\b/, /\bcar\b/, /\bblue\b/, /\bbirds\b/, /three|3/, /snow/, /night|dark|moonlight|stars/]) {
          expect(raw.match(new RegExp(fact, "gi")), raw).not.toBeNull();
        }
        expect(raw.match(/snow/gi), raw).toHaveLength(1);
      }
    }
  });

  it("puts the right one in the foreground", () => {
    const mentions = [{ kind: "car", count: 1 } as const, { kind: "dog", count: 1 } as const];
    const relation = { subject: 0, is: "front", object: 1 } as const;
    const said = Array.from({ length: 300 }, (_, draw) => say(randomOf(draw), { mentions, relation }, "plain"));
    const split = said.filter((raw) => raw.includes("foreground"));
    expect(split.length).toBeGreaterThan(10);
    for (const raw of split) expect(raw).toMatch(/car in the foreground and .*(dog|puppy) farther back/i);
  });

  it("varies its wording", () => {
    expect(new Set(captions.map(({ raw }) => raw)).size).toBeGreaterThan(captions.length * 0.98);
  });
});
