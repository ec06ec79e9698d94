import type { Mention } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose } from "../style.ts";
import { COLOUR_WORDS, MATERIAL_WORDS, NOUNS, numberWord, SIZE_WORDS } from "./words.ts";

export interface Phrase {
  text: string;
  plural: boolean;
}

export function article(word: string): string {
  return /^[aeiou]/i.test(word) ? `an ${word}` : `a ${word}`;
}

function counted(random: Random, count: number, many: string): string {
  const word = numberWord(count);
  if (count === 2 && random.chance(0.14)) return `a pair of ${many}`;
  if (count > 2 && random.chance(0.1)) return `a group of ${word} ${many}`;
  return `${word} ${many}`;
}

/** "small red wooden ", in the order in which English has them. */
function adjectives(
  random: Random,
  { size, word, material }: { size: Mention["size"] | undefined; word: string | undefined; material: Mention["material"] | undefined },
): string {
  const said = [size && choose(random, SIZE_WORDS[size]), word, material && choose(random, MATERIAL_WORDS[material])];
  return said.map((adjective) => (adjective ? `${adjective} ` : "")).join("");
}

/** "a red car", "two dogs that are blue", "exactly three balls"; `stressed` makes the number the point. */
export function nounPhrase(random: Random, { kind, colour, material, size, count }: Mention, stressed = false): Phrase {
  const { one, many } = choose(random, NOUNS[kind]);
  const word = colour && choose(random, COLOUR_WORDS[colour]);
  const trailing = word !== undefined && random.chance(0.06);
  const before = adjectives(random, { size, word: trailing ? undefined : word, material });
  const plural = count !== 1;
  const after = trailing ? ` that ${plural ? "are" : "is"} ${word}` : "";
  return { text: `${head()}${after}`, plural };

  function head(): string {
    if (count === "several") return random.pick([`some ${before}${many}`, `${before}${many}`]);
    if (count === 1) {
      if (stressed) return `${random.pick(["exactly one", "just one", "one", "a single"])} ${before}${one}`;
      return random.chance(0.12) ? `one ${before}${one}` : article(`${before}${one}`);
    }
    if (stressed) return `${random.pick(["exactly ", "", "a total of "])}${numberWord(count)} ${before}${many}`;
    return counted(random, count, `${before}${many}`);
  }
}

/** "red car", "two blue dogs", "2 blue dogs". */
export function tersePhrase(random: Random, { kind, colour, material, size, count }: Mention): string {
  const { one, many } = choose(random, NOUNS[kind]);
  const before = adjectives(random, { size, word: colour && choose(random, COLOUR_WORDS[colour]), material });
  if (count === 1) return `${before}${one}`;
  if (count === "several") return `${before}${many}`;
  return `${random.chance(0.25) ? count : numberWord(count)} ${before}${many}`;
}
