import type { Proposition } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose, finished, listed, type Style, searchWords, settled } from "../style.ts";
import { article, nounPhrase, type Phrase, tersePhrase } from "./phrases.ts";
import {
  PLACE_NOUNS,
  PLACE_PHRASES,
  RELATION_PHRASES,
  SIDES,
  TERSE_RELATIONS,
  TIME_ADJECTIVES,
  TIME_NOUNS,
  TIME_PHRASES,
  WEATHER_NOUNS,
  WEATHER_PHRASES,
} from "./words.ts";

/** What is there, ready for a sentence: "a red car to the left of two dogs, with a tree". */
interface Core extends Phrase {
  /** Before any comma: what a verb directly follows. Absent where no verb fits. */
  subject?: string;
  /** After the verb. */
  rest: string;
}

function things(phrases: readonly Phrase[]): Core {
  const text = listed(
    phrases.map((phrase) => phrase.text),
    "and",
  );
  return { text, subject: text, rest: "", plural: phrases.length > 1 || phrases[0]!.plural };
}

function related(random: Random, phrases: readonly Phrase[], { subject, is, object }: NonNullable<Proposition["relation"]>): Core {
  const [one, other] = [phrases[subject]!, phrases[object]!];
  const others = phrases.filter((_, index) => index !== subject && index !== object).map(({ text }) => text);
  const more = others.length > 0 ? `${random.pick([", with", ", as well as", ", plus"])} ${listed(others, "and")}` : "";
  if (more === "" && random.chance(0.25)) {
    const [near, far] = SIDES[is];
    return { text: `${one.text} ${near} and ${other.text} ${far}`, rest: "", plural: one.plural };
  }
  const rest = `${choose(random, RELATION_PHRASES[is])} ${other.text}${more}`;
  return { text: `${one.text} ${rest}`, subject: one.text, rest, plural: one.plural };
}

const spaced = (...words: (string | undefined)[]) => words.filter((word) => word).join(" ");

function alone(random: Random, core: Core, be: string, where: string): string {
  const own = core.plural ? "on their own" : "on its own";
  return random.pick([
    () => spaced("nothing but", core.text, where),
    () => `${spaced(core.text, where)} and nothing else`,
    () => spaced(core.text, own, where),
    () => spaced("only", core.text, where),
    () => spaced("there", be, "only", core.text, where),
  ])();
}

function sentence(random: Random, proposition: Proposition, stressed: boolean): string {
  const { relation, place, time, weather } = proposition;
  const phrases = random
    .shuffled(proposition.mentions.map((mention, index) => ({ ...nounPhrase(random, mention, stressed), index })))
    .sort((one, other) => (relation ? one.index - other.index : 0));
  const core = relation ? related(random, phrases, relation) : things(phrases);
  const where = settled(random, [
    place && choose(random, PLACE_PHRASES[place]),
    time && choose(random, TIME_PHRASES[time]),
    weather && choose(random, WEATHER_PHRASES[weather]),
  ]);
  // An existential agrees with what follows it: "there is a car and two dogs".
  const first = phrases[relation?.subject ?? 0]!;
  const be = first.plural && !/^a (pair|group) /.test(first.text) ? "are" : "is";
  if (proposition.only) return alone(random, core, be, where);
  // After a comma the setting would seem to belong to the last thing alone.
  const trailing = !where ? core.text : core.text.includes(",") ? `${core.text}, ${where}` : `${core.text} ${where}`;
  const told = where && core.text.includes(",") ? random.pick([trailing, `${where}, ${core.text}`]) : trailing;
  const frames: (() => string)[] = [
    () => told,
    () => told,
    () => `there ${be} ${core.text.includes(",") ? core.text : spaced(core.text, where)}`,
    () => `${random.pick(["you can see", "a picture of", "a view of", "we see"])} ${trailing}`,
  ];
  if (core.text.includes(",") && where) frames.splice(2, 1);
  if (where)
    frames.push(
      () => `${where}, there ${be} ${core.text}`,
      () => `${where}: ${core.text}`,
    );
  if (place && time && !weather) {
    const [placed, hour] = [choose(random, PLACE_PHRASES[place]), TIME_NOUNS[time][0]];
    frames.push(
      () => `${article(TIME_ADJECTIVES[time])} scene ${placed} with ${core.text}`,
      () => `it is ${hour} ${placed} and there ${be} ${core.text}`,
    );
  }
  if (core.subject) {
    const verb = core.plural ? random.pick(["are", "stand"]) : random.pick(["is", "stands"]);
    const { subject, rest } = core;
    if (rest)
      frames.push(() =>
        where && !rest.includes(",") ? spaced(subject, verb, rest, where) : spaced(where ? `${where},` : "", subject, verb, rest),
      );
    else if (where)
      frames.push(
        () => spaced(subject, verb, where),
        () => spaced(where, core.plural ? "stand" : "stands", subject),
      );
  }
  return random.pick(frames)();
}

function terse(random: Random, proposition: Proposition): string {
  const { mentions, relation, place, time, weather } = proposition;
  const phrases = mentions.map((mention) => tersePhrase(random, mention));
  return searchWords(random, proposition, phrases, {
    related: (subject, object) => `${subject} ${TERSE_RELATIONS[relation!.is]} ${object}`,
    nothing: "nothing else",
    setting: [
      place && choose(random, PLACE_NOUNS[place]),
      time && choose(random, TIME_NOUNS[time]),
      weather && choose(random, WEATHER_NOUNS[weather]),
    ],
  });
}

/** One English wording of the proposition; another draw gives another. */
export function say(random: Random, proposition: Proposition, style: Style): string {
  if (style === "terse") return terse(random, proposition);
  return finished(random, sentence(random, proposition, style === "count"));
}
