import type { Mention, Proposition } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose, finished, listed, type Style, searchWords, settled } from "../style.ts";
import {
  type Adjective,
  type Case,
  COLOURS,
  type Gender,
  MATERIALS,
  MORE,
  NOUNS,
  type Noun,
  ONE,
  PLACE_NOUNS,
  PLACES,
  RELATIONS,
  SIZES,
  TIME_NOUNS,
  TIMES,
  TWO,
  WEATHER_NOUNS,
  WEATHERS,
} from "./words.ts";

const SINGULAR: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { ma: "ý", mi: "ý", f: "á", n: "é" },
  genitive: { ma: "ého", mi: "ého", f: "é", n: "ého" },
  instrumental: { ma: "ým", mi: "ým", f: "ou", n: "ým" },
};
const PLURAL: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { ma: "", mi: "é", f: "é", n: "á" },
  genitive: { ma: "ých", mi: "ých", f: "ých", n: "ých" },
  instrumental: { ma: "ými", mi: "ými", f: "ými", n: "ými" },
};

function agreed({ stem, living }: Adjective, gender: Gender, plural: boolean, by: Case): string {
  if (plural && by === "nominative" && gender === "ma") return living;
  return stem + (plural ? PLURAL : SINGULAR)[by][gender];
}

interface Drawn {
  noun: Noun;
  adjectives: Adjective[];
  count: Mention["count"];
}

function draw(random: Random, { kind, colour, material, size, count }: Mention): Drawn {
  const adjectives = [
    size && choose(random, SIZES[size]),
    colour && choose(random, COLOURS[colour]),
    material && choose(random, MATERIALS[material]),
  ];
  return { noun: choose(random, NOUNS[kind]), adjectives: adjectives.filter((a) => a !== undefined), count };
}

/** "malé červené auto", "dvě modré kočky", "pět psů": after five, and after "několik", stands the genitive. */
function phrase({ noun, adjectives, count }: Drawn, by: Case, numbered: boolean): string {
  const { gender } = noun;
  if (count === 1) {
    const words = [...adjectives.map((adjective) => agreed(adjective, gender, false, by)), noun.one[by]];
    return [...(numbered ? [ONE[by][gender]] : []), ...words].join(" ");
  }
  const many = count === "several" || count >= 5;
  const inner = many && by === "nominative" ? "genitive" : by;
  const words = [...adjectives.map((adjective) => agreed(adjective, gender, true, inner)), noun.many[inner]];
  const number = count === "several" ? (by === "nominative" ? "několik" : "několika") : count === 2 ? TWO[by][gender] : MORE[count]![by];
  return [number, ...words].join(" ");
}

function sentence(random: Random, proposition: Proposition, stressed: boolean): string {
  const { mentions, relation, only } = proposition;
  const drawn = mentions.map((mention) => draw(random, mention));
  const numbered = stressed || random.chance(0.15);
  const exactly = stressed && random.chance(0.4) ? "přesně " : "";
  const named = (index: number, by: Case) => (by === "nominative" ? exactly : "") + phrase(drawn[index]!, by, numbered);
  const all = drawn.map((_, index) => index);
  let told = listed(
    all.map((index) => named(index, "nominative")),
    "a",
  );
  if (relation) {
    const { text, case: by } = choose(random, RELATIONS[relation.is]);
    const others = all
      .filter((index) => index !== relation.subject && index !== relation.object)
      .map((index) => named(index, "nominative"));
    told = `${named(relation.subject, "nominative")} ${text} ${named(relation.object, by)}${others.length > 0 ? `, k tomu ${listed(others, "a")}` : ""}`;
  }
  const { place, time, weather } = proposition;
  const where = settled(random, [
    place && choose(random, PLACES[place]),
    time && choose(random, TIMES[time]),
    weather && choose(random, WEATHERS[weather]),
  ]);
  const whole = !where ? told : told.includes(",") ? `${where}: ${told}` : `${told} ${where}`;
  if (only) {
    return random.pick([() => `jen ${whole}`, () => `pouze ${whole}`, () => `${whole} a nic jiného`])();
  }
  // After two to four the verb is plural, after five singular; a list takes the verb of its first member.
  const { count } = drawn[relation?.subject ?? 0]!;
  const are = count === 2 || count === 3 || count === 4 ? "jsou" : "je";
  const frames: (() => string)[] = [() => whole, () => whole];
  if (where) {
    frames.push(
      () => `${where} ${are} ${told}`,
      () => `${where} stojí ${told}`,
      () => `${where}: ${told}`,
    );
  } else frames.push(() => `${are} tu ${told}`);
  return random.pick(frames)();
}

function terse(random: Random, proposition: Proposition): string {
  const { mentions, relation, place, time, weather } = proposition;
  const drawn = mentions.map((mention) => draw(random, mention));
  const phrases = drawn.map((each) => phrase(each, "nominative", false));
  return searchWords(random, proposition, phrases, {
    related: (subject) => {
      const { text, case: by } = RELATIONS[relation!.is][0];
      return `${subject} ${text} ${phrase(drawn[relation!.object]!, by, false)}`;
    },
    nothing: "nic jiného",
    setting: [place && PLACE_NOUNS[place], time && TIME_NOUNS[time], weather && WEATHER_NOUNS[weather]],
  });
}

/** One Czech wording of the proposition; another draw gives another. */
export function say(random: Random, proposition: Proposition, style: Style): string {
  if (style === "terse") return terse(random, proposition);
  return finished(random, sentence(random, proposition, style === "count"));
}
