import type { Mention, Proposition } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose, type Style, searchWords } from "../style.ts";
import { COLOURS, MATERIALS, NOUNS, type Noun, PLACES, RELATIONS, SIZES, TIMES, WEATHERS } from "./words.ts";

const NATIVE = ["", "一つ", "二つ", "三つ", "四つ", "五つ"] as const;

/** "2匹", "三つ", "一人". */
function counted(count: number, { counter }: Noun): string {
  if (counter === "つ") return NATIVE[count]!;
  if (counter === "人" && count < 3) return ["", "一人", "二人"][count]!;
  return `${count}${counter}`;
}

/** "小さな赤い木製の車", and its number. */
function words(random: Random, { kind, colour, material, size, count }: Mention): { noun: Noun; text: string; number: string } {
  const noun = choose(random, NOUNS[kind]);
  const parts = [
    size && choose(random, SIZES[size]),
    colour && choose(random, COLOURS[colour]),
    material && choose(random, MATERIALS[material]),
  ];
  return {
    noun,
    text: parts.filter((part) => part !== undefined).join("") + noun.word,
    number: count === "several" ? "何" : counted(count, noun),
  };
}

interface Phrase {
  /** The thing with its number, as one noun: "2匹の青い犬". */
  named: string;
  /** Before a verb: "青い犬が2匹". */
  before: string;
  living: boolean;
}

function phrase(random: Random, mention: Mention, stressed: boolean): Phrase {
  const { noun, text, number } = words(random, mention);
  if (mention.count === "several") return { named: `いくつかの${text}`, before: `${text}がいくつか`, living: noun.living };
  const exactly = stressed && random.chance(0.5) ? "ちょうど" : "";
  // One of a thing is often left uncounted.
  if (mention.count === 1 && !stressed && random.chance(0.5)) return { named: text, before: `${text}が`, living: noun.living };
  const limit = stressed && exactly === "" && random.chance(0.5) ? "だけ" : "";
  return { named: `${exactly}${number}の${text}`, before: `${text}が${exactly}${number}${limit}`, living: noun.living };
}

/** "夜の雨の浜辺": what stands first is the wider. */
function setting(random: Random, { place, time, weather }: Proposition): string {
  const parts = [time && choose(random, TIMES[time]), weather && choose(random, WEATHERS[weather]), place && choose(random, PLACES[place])];
  return parts.filter((part) => part !== undefined).join("の");
}

function sentence(random: Random, proposition: Proposition, stressed: boolean): string {
  const { mentions, relation, only, place } = proposition;
  const phrases = mentions.map((mention) => phrase(random, mention, stressed));
  const where = setting(random, proposition);
  const at = where && `${where}${place ? "に" : "、"}`;
  if (relation) {
    const [one, other] = [phrases[relation.subject]!, phrases[relation.object]!];
    const others = phrases.filter((_, index) => index !== relation.subject && index !== relation.object);
    const side = `${other.named}の${choose(random, RELATIONS[relation.is])}`;
    const more = others.length > 0 ? `、${others.map(({ named }) => named).join("と")}も` : "";
    const open = where ? `${where}${place ? "で" : ""}、` : "";
    if (others.length === 0 && random.chance(0.4))
      return `${open}${side}に${random.pick(["ある", "見える", "並ぶ"])}${one.named}`.replace("ある", one.living ? "いる" : "ある");
    return `${open}${side}に${one.before}${one.living ? "います" : "あります"}${more && `。${others.map(({ named }) => named).join("と")}も見えます`}`;
  }
  const last = phrases.at(-1)!;
  const all = phrases.map(({ named }) => named).join("と");
  if (only) {
    const bare = where ? `${where}の` : "";
    return random.pick([
      () => `${bare}${all}だけ`,
      () => `${where ? `${where}${place ? "には" : "、"}` : ""}${all}だけがあります`,
      () => `${bare}${all}、ほかには何もない`,
    ])();
  }
  const frames: (() => string)[] = [
    () => (where ? `${where}の${all}` : all),
    () =>
      phrases.length === 1
        ? `${at}${last.before}${last.living ? "います" : "あります"}`
        : `${at}${all}が${last.living ? "います" : "あります"}`,
    () => `${where ? `${where}${place ? "に" : "、"}` : ""}${all}が見えます`,
  ];
  if (where && place) frames.push(() => `${where}にある${all}`.replace("にある", last.living ? "にいる" : "にある"));
  return random.pick(frames)();
}

function terse(random: Random, proposition: Proposition): string {
  const { mentions, relation, place, time, weather } = proposition;
  const phrases = mentions.map((mention) => {
    const { text, number } = words(random, mention);
    return mention.count === 1 || mention.count === "several" ? text : `${text}${number}`;
  });
  return searchWords(
    random,
    proposition,
    phrases,
    {
      related: (subject, object) => `${object}の${RELATIONS[relation!.is][0]}に${subject}`,
      nothing: "それだけ",
      setting: [place && choose(random, PLACES[place]), time && choose(random, TIMES[time]), weather && choose(random, WEATHERS[weather])],
    },
    [" ", "、"],
  );
}

/** One Japanese wording of the proposition; another draw gives another. */
export function say(random: Random, proposition: Proposition, style: Style): string {
  if (style === "terse") return terse(random, proposition);
  const text = sentence(random, proposition, style === "count");
  return random.chance(0.6) ? `${text}。` : text;
}
