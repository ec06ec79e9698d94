import type { Mention, Proposition } from "../../propositions.ts";
import type { Random } from "../../random.ts";
import { choose, type Style, searchWords } from "../style.ts";
import { COLOURS, MATERIALS, NOUNS, NUMBERS, PLACES, RELATIONS, SIZES, TIMES, WEATHERS } from "./words.ts";

/** "两只很小的蓝色的玻璃狗". */
function phrase(random: Random, { kind, colour, material, size, count }: Mention, stressed: boolean): string {
  const { word, measure } = choose(random, NOUNS[kind]);
  const parts = [
    size && choose(random, SIZES[size]),
    colour && choose(random, COLOURS[colour]),
    material && choose(random, MATERIALS[material]),
  ];
  const said = parts.filter((part) => part !== undefined).join("") + word;
  if (count === "several") return `${random.pick(["几", "好几"])}${measure}${said}`;
  const exactly = stressed && random.chance(0.4) ? random.pick(["正好", "恰好"]) : "";
  return `${exactly}${NUMBERS[count]}${measure}${said}`;
}

/** "夜晚雨中的沙滩上". */
function setting(random: Random, { place, time, weather }: Proposition): string {
  const around = [time && choose(random, TIMES[time]), weather && choose(random, WEATHERS[weather])]
    .filter((part) => part !== undefined)
    .join("");
  const where = place && choose(random, PLACES[place]);
  return where && around ? `${around}的${where}` : (where ?? around);
}

const listed = (texts: readonly string[]) => (texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join("、")}和${texts.at(-1)}`);

function sentence(random: Random, proposition: Proposition, stressed: boolean): string {
  const { mentions, relation, only, place } = proposition;
  const phrases = mentions.map((mention) => phrase(random, mention, stressed));
  const where = setting(random, proposition);
  const open = where ? `${where}${random.pick(["，", ""])}` : "";
  if (relation) {
    const [one, other] = [phrases[relation.subject]!, phrases[relation.object]!];
    const others = phrases.filter((_, index) => index !== relation.subject && index !== relation.object);
    const side = choose(random, RELATIONS[relation.is]);
    const more = others.length > 0 ? `，还有${listed(others)}` : "";
    return random.pick([
      () => `${where && `${where}，`}${other}的${side}有${one}${more}`,
      () => `${where && `${where}，`}${one}在${other}的${side}${more}`,
    ])();
  }
  const all = listed(phrases);
  if (only) {
    return random.pick([
      () => `${open.replace("，", "")}只有${all}`,
      () => `${open.replace("，", "")}除了${all}什么也没有`,
      () => `${where ? `${where}的` : ""}${all}，没有别的东西`,
    ])();
  }
  const frames: (() => string)[] = [() => `${open}有${all}`, () => `${where && `${where}，`}可以看到${all}`];
  if (place)
    frames.push(
      () => `${where}的${all}`,
      () => `${all}在${where}`,
    );
  if (!where) frames.push(() => all);
  return random.pick(frames)();
}

function terse(random: Random, proposition: Proposition): string {
  const { mentions, relation, place, time, weather } = proposition;
  const phrases = mentions.map((mention) => {
    const text = phrase(random, mention, false);
    // Search words seldom count one.
    return mention.count === 1 ? text.replace(/^一./, "") : text;
  });
  return searchWords(
    random,
    proposition,
    phrases,
    {
      related: (subject, object) => `${object}${RELATIONS[relation!.is][0]}的${subject}`,
      nothing: "没有别的",
      setting: [place && choose(random, PLACES[place]), time && choose(random, TIMES[time]), weather && choose(random, WEATHERS[weather])],
    },
    [" ", "，"],
  );
}

/** One Chinese wording of the proposition; another draw gives another. */
export function say(random: Random, proposition: Proposition, style: Style): string {
  if (style === "terse") return terse(random, proposition);
  const text = sentence(random, proposition, style === "count");
  return random.chance(0.6) ? `${text}。` : text;
}
