import type { Proposition } from "../propositions.ts";
import type { Random } from "../random.ts";

/** "plain": a sentence or a phrase. "count": the same, with the numbers as its point. "terse": search words. */
export type Style = "plain" | "count" | "terse";

/** Words that stand for the same thing; the first is the usual one and is drawn most. */
export type Choices<T = string> = readonly [T, ...T[]];

/** The usual word half of the time, else any. */
export function choose<T>(random: Random, choices: Choices<T>): T {
  return random.chance(0.5) ? choices[0] : random.pick(choices);
}

/** "a", "a and b", "a, b and c". */
export function listed(texts: readonly string[], and: string): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} ${and} ${texts.at(-1)}`;
}

/** Place, time and weather as one adverbial, mostly in that order; nothing where nothing is said. */
export function settled(random: Random, parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part) => part !== undefined);
  return (random.chance(0.25) ? said.reverse() : said).join(" ");
}

/** Capitals and full stops as people use them: mostly, not always. */
export function finished(random: Random, text: string): string {
  if (random.chance(0.25)) return text;
  const capital = text[0]!.toUpperCase() + text.slice(1);
  return random.chance(0.8) ? `${capital}.` : capital;
}

/** Search words: the things (two of them as `related` where they are), that there is nothing else, and the setting. */
export function searchWords(
  random: Random,
  { relation, only }: Proposition,
  things: readonly string[],
  {
    related,
    nothing,
    setting,
  }: { related: (subject: string, object: string) => string; nothing: string; setting: readonly (string | undefined)[] },
  separators: readonly [usual: string, other: string] = [", ", " "],
): string {
  const said = relation
    ? [
        related(things[relation.subject]!, things[relation.object]!),
        ...things.filter((_, index) => index !== relation.subject && index !== relation.object),
      ]
    : random.shuffled(things);
  if (only) said.push(nothing);
  said.push(...setting.filter((part) => part !== undefined));
  return said.join(random.chance(0.8) ? separators[0] : separators[1]);
}
