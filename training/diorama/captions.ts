import { twinOf } from "./compose.ts";
import { foilOf } from "./foils.ts";
import { LANGUAGES, type Language } from "./language/index.ts";
import type { Style } from "./language/style.ts";
import { type Mention, type Proposition, satisfies } from "./propositions.ts";
import { type Random, randomOf } from "./random.ts";
import { RELATIONS, related } from "./relations.ts";
import type { Group, Scene } from "./scene.ts";

export const CATEGORIES = ["scene", "attribute", "count", "relation", "terse", "minimal pair"] as const;
export type Category = (typeof CATEGORIES)[number];

export interface Caption {
  /** In English. */
  raw: string;
  /** The same proposition in other languages. */
  translations: Partial<Record<Language, string>>;
  category: Category;
  proposition: Proposition;
  /** The same with one fact changed: false of the scene. Of training captions, where one was found. */
  foil?: Pick<Caption, "raw" | "translations" | "proposition">;
}

/** After the first caption; a single group has no relation to tell, so others are drawn instead. */
const LATER_CATEGORIES: Readonly<Record<Category, number>> = {
  scene: 1,
  attribute: 3,
  count: 3,
  relation: 3,
  terse: 3,
  "minimal pair": 0,
};

const STYLES: Readonly<Record<Category, Style>> = {
  scene: "plain",
  attribute: "plain",
  count: "count",
  relation: "plain",
  terse: "terse",
  "minimal pair": "plain",
};

/** How rare a claim is among scenes, in bits; from how scenes are drawn (compose.ts), roughly. */
export function information({ mentions, place, time, weather, relation, only }: Proposition): number {
  const counts = { several: 1.2, "1": 0.8, "2": 2, "3": 2.8, "4": 3.4, "5": 3.8 } as Record<string, number>;
  const said = mentions.map(
    ({ colour, material, size, count }) =>
      4.4 + (colour ? 3.6 : 0) + (material ? (material === "plastic" ? 0.9 : 2.6) : 0) + (size ? 2.6 : 0) + (counts[count] ?? 3),
  );
  const setting = (place ? 3.3 : 0) + (time ? 1.6 : 0) + (weather ? 2.2 : 0);
  return said.reduce((sum, bits) => sum + bits, 0) + setting + (relation ? 1.3 : 0) + (only ? 2.2 : 0);
}

/** Bits that a caption must tell: most point at their picture, every fifth may fit a few others too. */
const TELLING = 13;
const LOOSE = 9;
/** One group has no more to tell. */
const TELLING_OF_ONE = 10;

/** By group number, which is the position in the answer. */
function groupsOf({ objects }: Scene): Group[] {
  const groups = new Map<number, Group>();
  for (const { group, kind, colour, material, size } of objects) {
    const known = groups.get(group);
    if (known) known.count++;
    else groups.set(group, { kind, colour, material, size, count: 1 });
  }
  return [...groups.values()];
}

/** A relation that holds between two of the mentioned groups, drawn among all that do. */
function drawRelation(random: Random, scene: Scene, groups: readonly number[]): Proposition["relation"] {
  const members = groups.map((group) => scene.objects.filter((object) => object.group === group));
  const holding = members.flatMap((one, subject) =>
    members.flatMap((other, object) =>
      RELATIONS.filter((is) => subject !== object && related(scene.camera, is, one, other)).map((is) => ({
        subject,
        is,
        object,
      })),
    ),
  );
  return holding.length > 0 ? random.pick(holding) : undefined;
}

/** Which of the scene's facts a caption of this category tells. */
function drawProposition(random: Random, scene: Scene, category: Category, brief: boolean): Proposition {
  const groups = groupsOf(scene);
  const whole = category === "scene" || category === "minimal pair";
  const order = random.shuffled(groups.map((_, index) => index));
  const share = brief ? random.next() ** 3 : random.next();
  const told = whole ? order : order.slice(0, category === "relation" ? 2 : Math.max(1, Math.ceil(share * groups.length)));
  const mentions = told.map((index): Mention => {
    const { kind, colour, material, size, count } = groups[index]!;
    const coloured = whole || category === "attribute" || random.chance(category === "count" ? 0.4 : 0.8);
    const vague = category === "attribute" && count > 1 && random.chance(0.15);
    // Plastic is what things here are made of: it is seldom worth a word.
    const touched = random.chance((material === "plastic" ? 0.06 : 0.5) * (category === "attribute" ? 1.5 : 1));
    const measured = size !== "usual" && random.chance(category === "attribute" ? 0.7 : 0.5);
    return {
      kind,
      ...(coloured ? { colour } : {}),
      ...(touched ? { material } : {}),
      ...(measured ? { size } : {}),
      count: vague ? "several" : count,
    };
  });
  const relation =
    told.length > 1 && (whole || category === "relation" || random.chance(0.2)) ? drawRelation(random, scene, told) : undefined;
  const only = !relation && told.length === groups.length && random.chance(groups.length === 1 ? 0.4 : 0.05);
  return {
    mentions,
    ...(whole || random.chance(brief ? 0.35 : 0.6) ? { place: scene.place } : {}),
    ...(whole || random.chance(brief ? 0.25 : 0.5) ? { time: scene.time } : {}),
    ...(scene.weather !== "clear" && random.chance(0.6) ? { weather: scene.weather } : {}),
    ...(relation ? { relation } : {}),
    ...(only ? { only } : {}),
  };
}

/**
 * The first caption tells the whole scene, the others parts of it, each in other words, and in each of the other languages. For `training`
 * every second one tells little (people search with few words, and a model that never saw such captions ranks them badly), and each has a foil.
 */
export function captionsOf(scene: Scene, seed: number, count: number, languages: readonly Language[] = [], training = false): Caption[] {
  const random = randomOf(seed, scene.number, "captions");
  const say = LANGUAGES.en;
  const single = groupsOf(scene).length === 1;
  const captions: Caption[] = [];
  const said = new Set<string>();
  while (captions.length < count) {
    // A twin's second caption is what tells it from the other twin.
    const paired = captions.length === 1 && twinOf(scene.number) !== undefined;
    const category = captions.length === 0 ? "scene" : paired ? "minimal pair" : random.weighted(LATER_CATEGORIES);
    const short = training && captions.length % 2 === 1;
    const proposition = drawProposition(random, scene, category, short);
    const loose = captions.length % 5 === 4;
    const enough = short ? 0 : single ? TELLING_OF_ONE : loose ? LOOSE : TELLING;
    const telling = category === "scene" || information(proposition) >= enough;
    if (!telling || ((category === "relation" || category === "minimal pair") && !proposition.relation) || !satisfies(scene, proposition))
      continue;
    const raw = say(random, proposition, STYLES[category]);
    if (said.has(raw)) continue;
    said.add(raw);
    const place = captions.length;
    const translated = (claim: Proposition, stream: string) =>
      Object.fromEntries(
        languages.map((language) => [
          language,
          LANGUAGES[language](randomOf(seed, scene.number, stream, language, place), claim, STYLES[category]),
        ]),
      );
    const caption = { raw, translations: translated(proposition, "captions"), category, proposition };
    const own = randomOf(seed, scene.number, "foils", place);
    const claim = training ? foilOf(own, scene, proposition) : undefined;
    if (!claim) captions.push(caption);
    else {
      const foil = { raw: say(own, claim, STYLES[category]), translations: translated(claim, "foils"), proposition: claim };
      captions.push({ ...caption, foil });
    }
  }
  return captions;
}
