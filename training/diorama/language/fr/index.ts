import type { Mention, Proposition } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose, finished, listed, type Style, searchWords, settled } from "../style.ts";
import {
  COLOURS,
  type Forms,
  MATERIALS,
  NOUNS,
  NUMBERS,
  PLACE_NOUNS,
  PLACES,
  RELATIONS,
  SIZES,
  TIME_NOUNS,
  TIMES,
  WEATHER_NOUNS,
  WEATHERS,
} from "./words.ts";

/** "de petites voitures" of noun, size, colour and material, without a number. */
function words(random: Random, { kind, colour, material, size, count }: Mention): { feminine: boolean; text: string } {
  const { gender, one, many } = choose(random, NOUNS[kind]);
  const [feminine, plural] = [gender === "f", count !== 1];
  const agreed = (forms: Forms) => forms[(plural ? 2 : 0) + (feminine ? 1 : 0)]!;
  const made = material && choose(random, MATERIALS[material]);
  const parts = [
    size && agreed(choose(random, SIZES[size])),
    plural ? many : one,
    colour && agreed(choose(random, COLOURS[colour])),
    made && (plural && made === "métallique" ? "métalliques" : made),
  ];
  return { feminine, text: parts.filter((part) => part !== undefined).join(" ") };
}

/** "une petite voiture rouge en bois", "deux chiens bleus". */
function phrase(random: Random, mention: Mention, stressed: boolean): string {
  const { feminine, text } = words(random, mention);
  const { count } = mention;
  if (count === "several") return `${random.pick(["plusieurs", "quelques"])} ${text}`;
  const number = count === 1 ? (feminine ? "une" : "un") : NUMBERS[count]!;
  const said = stressed && random.chance(0.5) ? `exactement ${number}` : number;
  return stressed && count === 1 && random.chance(0.3) ? `${feminine ? "une seule" : "un seul"} ${text}` : `${said} ${text}`;
}

/** "d'une voiture", "de deux chiens". */
function after({ text, de }: { text: string; de: boolean }, object: string): string {
  if (!de) return `${text} ${object}`;
  return `${text} ${/^[aeiouéèêh]/i.test(object) ? "d'" : "de "}${object}`;
}

function sentence(random: Random, proposition: Proposition, stressed: boolean): string {
  const { mentions, relation, only } = proposition;
  const phrases = mentions.map((mention) => phrase(random, mention, stressed));
  const others = relation ? phrases.filter((_, index) => index !== relation.subject && index !== relation.object) : [];
  const more = others.length > 0 ? `, ${random.pick(["avec", "ainsi que"])} ${listed(others, "et")}` : "";
  const told = relation
    ? `${phrases[relation.subject]} ${after(choose(random, RELATIONS[relation.is]), phrases[relation.object]!)}${more}`
    : listed(phrases, "et");
  const { place, time, weather } = proposition;
  const where = settled(random, [
    place && choose(random, PLACES[place]),
    time && choose(random, TIMES[time]),
    weather && choose(random, WEATHERS[weather]),
  ]);
  const whole = !where ? told : told.includes(",") ? `${where}, ${told}` : `${told} ${where}`;
  if (only) {
    return random.pick([
      () => `seulement ${whole}`,
      () => `${whole} et rien d'autre`,
      () => `il n'y a que ${whole}`.replace(/que (?=[aeiou])/, "qu'"),
      () => `rien que ${whole}`.replace(/que (?=[aeiou])/, "qu'"),
    ])();
  }
  const frames: (() => string)[] = [() => whole, () => whole, () => `il y a ${told}${where && !told.includes(",") ? ` ${where}` : ""}`];
  if (told.includes(",") && where) frames.pop();
  frames.push(() => `on voit ${whole}`);
  if (told.includes(",") && where) frames.pop();
  if (where) {
    frames.push(
      () => `${where}, il y a ${told}`,
      () => `${where}, on voit ${told}`,
      () => `${where} : ${told}`,
    );
  }
  return random.pick(frames)();
}

function terse(random: Random, proposition: Proposition): string {
  const { mentions, relation, place, time, weather } = proposition;
  const phrases = mentions.map((mention) => {
    const { count } = mention;
    const number = count === 1 || count === "several" ? "" : `${random.chance(0.25) ? count : NUMBERS[count]} `;
    return number + words(random, mention).text;
  });
  return searchWords(random, proposition, phrases, {
    related: (subject, object) => `${subject} ${after(RELATIONS[relation!.is][0], object)}`,
    nothing: "rien d'autre",
    setting: [place && PLACE_NOUNS[place], time && TIME_NOUNS[time], weather && WEATHER_NOUNS[weather]],
  });
}

/** One French wording of the proposition; another draw gives another. */
export function say(random: Random, proposition: Proposition, style: Style): string {
  if (style === "terse") return terse(random, proposition);
  return finished(random, sentence(random, proposition, style === "count"));
}
