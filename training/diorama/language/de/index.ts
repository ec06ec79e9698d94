import type { Mention, Proposition } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose, finished, listed, type Style, searchWords, settled } from "../style.ts";
import {
  COLOUR_STEMS,
  type Gender,
  MATERIALS,
  NOUNS,
  NUMBERS,
  PLACE_NOUNS,
  PLACES,
  RELATIONS,
  SIZE_STEMS,
  TIME_NOUNS,
  TIMES,
  WEATHER_NOUNS,
  WEATHERS,
} from "./words.ts";

type Case = "nominative" | "accusative" | "dative";

const ARTICLES: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { m: "ein", f: "eine", n: "ein" },
  accusative: { m: "einen", f: "eine", n: "ein" },
  dative: { m: "einem", f: "einer", n: "einem" },
};
/** Of an adjective after "ein". */
const MIXED: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { m: "er", f: "e", n: "es" },
  accusative: { m: "en", f: "e", n: "es" },
  dative: { m: "en", f: "en", n: "en" },
};
/** Of an adjective without an article before it, in the plural. */
const PLURAL: Readonly<Record<Case, string>> = { nominative: "e", accusative: "e", dative: "en" };
/** Of an adjective without an article before it, in the singular: search words. */
const STRONG: Readonly<Record<Gender, string>> = { m: "er", f: "e", n: "es" };

/** "ein kleines rotes Auto aus Holz" in a case; the words are drawn once, so that a thing keeps its name. */
function phrase(random: Random, { kind, colour, material, size, count }: Mention, stressed: boolean): (by: Case) => string {
  const { gender, one, many, dative } = choose(random, NOUNS[kind]);
  const stems = [size && choose(random, SIZE_STEMS[size]), colour && choose(random, COLOUR_STEMS[colour])].filter((s) => s !== undefined);
  const of = material ? ` ${MATERIALS[material]}` : "";
  const exactly = stressed && random.chance(0.5) ? "genau " : "";
  const group = count === "several" ? random.pick(["einige ", "mehrere "]) : `${exactly}${NUMBERS[count]} `;
  return (by) => {
    if (count === 1) {
      const article = stressed && exactly ? `genau ${ARTICLES[by][gender]}` : ARTICLES[by][gender];
      return `${[article, ...stems.map((stem) => stem + MIXED[by][gender]), one].join(" ")}${of}`;
    }
    const number = count === "several" && by === "dative" ? group.replace("e ", "en ") : group;
    return `${number}${[...stems.map((stem) => stem + PLURAL[by]), by === "dative" ? dative : many].join(" ")}${of}`;
  };
}

function sentence(random: Random, proposition: Proposition, stressed: boolean): string {
  const { mentions, relation, only } = proposition;
  const phrases = mentions.map((mention) => phrase(random, mention, stressed));
  const plural = (index: number) => mentions[index]!.count !== 1;
  const preposition = relation && choose(random, RELATIONS[relation.is]);
  const told = (by: Case): string => {
    if (!relation)
      return listed(
        phrases.map((say) => say(by)),
        "und",
      );
    const others = phrases.filter((_, index) => index !== relation.subject && index !== relation.object).map((say) => say(by));
    const more = others.length > 0 ? `, dazu ${listed(others, "und")}` : "";
    return `${phrases[relation.subject]!(by)} ${preposition} ${phrases[relation.object]!("dative")}${more}`;
  };
  const { place, time, weather } = proposition;
  const where = settled(random, [
    place && choose(random, PLACES[place]),
    time && choose(random, TIMES[time]),
    weather && choose(random, WEATHERS[weather]),
  ]);
  const first = relation?.subject ?? 0;
  const are = plural(first) || (!relation && mentions.length > 1) ? "sind" : "ist";
  const stand = are === "sind" ? "stehen" : "steht";
  const comma = told("nominative").includes(",");
  const after = (text: string) => (where ? (comma ? `${where}: ${text}` : `${text} ${where}`) : text);
  if (only) {
    return random.pick([
      () => `nur ${after(told("nominative"))}`,
      () => `${after(told("nominative"))} und sonst nichts`,
      () => `nichts als ${after(told("nominative"))}`,
      () => `man sieht nur ${after(told("accusative"))}`,
    ])();
  }
  const frames: (() => string)[] = [
    () => after(told("nominative")),
    () => after(told("nominative")),
    () => (comma || !where ? `man sieht ${told("accusative")}` : `man sieht ${where} ${told("accusative")}`),
    () =>
      `ein Bild mit ${
        phrases.length === 1
          ? after(phrases[0]!("dative"))
          : listed(
              phrases.map((say) => say("dative")),
              "und",
            )
      }`,
  ];
  // A list of datives cannot tell a relation, and the frame has no room for the setting.
  if (relation || (phrases.length > 1 && where)) frames.pop();
  if (comma && where) frames.splice(2, 1);
  if (where) {
    frames.push(
      () => `${where} ${are} ${told("nominative")}`,
      () => `${where} ${stand} ${told("nominative")}`,
      () => `${where}: ${told("nominative")}`,
    );
  }
  return random.pick(frames)();
}

function terse(random: Random, proposition: Proposition): string {
  const { mentions, relation, place, time, weather } = proposition;
  const phrases = mentions.map(({ kind, colour, material, size, count }) => {
    const { gender, one, many } = choose(random, NOUNS[kind]);
    const stems = [size && choose(random, SIZE_STEMS[size]), colour && choose(random, COLOUR_STEMS[colour])].filter((s) => s !== undefined);
    const number = count === 1 || count === "several" ? "" : `${random.chance(0.25) ? count : NUMBERS[count]} `;
    const ending = count === 1 ? STRONG[gender] : "e";
    return `${number}${[...stems.map((stem) => stem + ending), count === 1 ? one : many].join(" ")}${material ? ` ${MATERIALS[material]}` : ""}`;
  });
  return searchWords(random, proposition, phrases, {
    related: (subject) => `${subject} ${RELATIONS[relation!.is][0]} ${phrase(random, mentions[relation!.object]!, false)("dative")}`,
    nothing: "sonst nichts",
    setting: [place && PLACE_NOUNS[place], time && TIME_NOUNS[time], weather && WEATHER_NOUNS[weather]],
  });
}

/** One German wording of the proposition; another draw gives another. */
export function say(random: Random, proposition: Proposition, style: Style): string {
  if (style === "terse") return terse(random, proposition);
  return finished(random, sentence(random, proposition, style === "count"));
}
