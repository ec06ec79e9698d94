import { stepper, type Watch } from "./evaluator";
import type { Part } from "./retrieval/parts";
import { sample } from "./sample";

/** A photo of a data set whose contents are known. */
export interface Scene {
  /** Its photo's id in the gallery. */
  id: string;
  place: string;
  time: string;
  weather: string;
  things: { kind: string; colour: string }[];
}

/** A composed query, and the photos that answer it, by their ids. */
export interface Question {
  parts: Part[];
  /** The same without what is left out, or without what should change. */
  plain: Part[];
  right: Set<string>;
  /** Photos that have what was asked for and what was left out. */
  wrong: Set<string>;
}

/** Percentages of questions for which a right photo is among the first ten. */
export interface Reached {
  questions: number;
  reached: number;
  /** The same by the query without what is left out, or without what should change. */
  plain: number;
  /** Of the first ten, how many have what was left out beside what was looked for: by the query, and by the plain one. */
  wrong: number;
  plainWrong: number;
}

/** What composed queries are worth. */
export interface Composed {
  /** "A without B". */
  without: Reached;
  /** "This photo but B" for photos that show one kind of thing. */
  but: Reached;
  /** The same for photos that show several kinds, all of which the right one shows too. */
  butSeveral: Reached;
}

const FIRST = 10;
/** Questions of each sort that are asked; where there are more, always the same are drawn. */
export const MOST_QUESTIONS = 2_000;
const SEED = 1;
/** Nobody asks for this weather. */
const NO_WEATHER = "clear";

type Facts = Map<string, Set<string>>;

/** The ids of the scenes of each fact, facts in the order of their first scene: `colour red`, `kind car`, `look red car`, `place snow` … */
function factsOf(scenes: readonly Scene[]): Facts {
  const facts: Facts = new Map();
  const note = (fact: string, id: string) => {
    const ids = facts.get(fact);
    if (ids) ids.add(id);
    else facts.set(fact, new Set([id]));
  };
  for (const { id, place, time, weather, things } of scenes) {
    note(`place ${place}`, id);
    note(`time ${time}`, id);
    if (weather !== NO_WEATHER) note(`weather ${weather}`, id);
    for (const { kind, colour } of things) {
      note(`kind ${kind}`, id);
      note(`colour ${colour}`, id);
      note(`look ${colour} ${kind}`, id);
    }
  }
  return facts;
}

const wordsOf = (fact: string): string => fact.slice(fact.indexOf(" ") + 1);
const is = (fact: string, ...sorts: string[]): boolean => sorts.some((sort) => fact.startsWith(`${sort} `));

/**
 * "A without B": A is a kind of thing, or one in a colour; B a place, a time, a weather, a colour or another kind. Asked where the gallery has
 * photos with both and photos with A alone, which are the right ones.
 */
export function withoutQuestions(scenes: readonly Scene[]): Question[] {
  const facts = factsOf(scenes);
  const questions: Question[] = [];
  for (const [a, withA] of facts) {
    if (!is(a, "kind", "look")) continue;
    for (const [b, withB] of facts) {
      if (is(b, "look") || wordsOf(a).split(" ").includes(wordsOf(b))) continue;
      const wrong = new Set([...withA].filter((id) => withB.has(id)));
      const right = new Set([...withA].filter((id) => !withB.has(id)));
      if (wrong.size === 0 || right.size === 0) continue;
      const plain = [{ words: wordsOf(a), weight: 1 }];
      questions.push({ parts: [...plain, { words: wordsOf(b), weight: -1 }], plain, right, wrong });
    }
  }
  return questions;
}

/**
 * "This photo but B": B is a place, a time, a weather, or, of a photo with things of one kind in one colour, a colour that the photo does not have. Asked where
 * the gallery has photos of exactly the same kinds of things with B, which are the right ones.
 * @param several whether of photos that show several kinds of things, or of those that show one
 */
export function butQuestions(scenes: readonly Scene[], several: boolean): Question[] {
  const kindsOf = ({ things }: Scene) => [...new Set(things.map(({ kind }) => kind))].sort();
  const alike = new Map<string, Scene[]>();
  for (const scene of scenes) alike.set(kindsOf(scene).join(), [...(alike.get(kindsOf(scene).join()) ?? []), scene]);
  const questions: Question[] = [];
  for (const scene of scenes) {
    const kinds = kindsOf(scene);
    if (kinds.length > 1 !== several) continue;
    const facts = factsOf(alike.get(kinds.join())!);
    const coloured = new Set(scene.things.map(({ colour }) => colour)).size === 1 && !several;
    for (const [b, right] of facts) {
      if (right.has(scene.id) || !is(b, "place", "time", "weather", ...(coloured ? ["colour"] : []))) continue;
      const plain = [{ photo: scene.id, weight: 1 }];
      questions.push({ parts: [...plain, { words: wordsOf(b), weight: 1 }], plain, right, wrong: new Set() });
    }
  }
  return questions;
}

/**
 * Asks the questions, at most MOST_QUESTIONS of each sort.
 * @param search the ids of the first k photos for a query; the photo of a query may be among them, and takes a place
 */
export async function evaluateComposed(
  scenes: readonly Scene[],
  search: (parts: Part[], k: number) => Promise<string[]>,
  watch: Watch = {},
): Promise<Composed> {
  const sorts = [withoutQuestions(scenes), butQuestions(scenes, false), butQuestions(scenes, true)].map((all) =>
    sample(all.length, MOST_QUESTIONS, SEED).map((place) => all[place]!),
  );
  const step = stepper(
    watch,
    sorts.reduce((sum, { length }) => sum + length, 0),
  );
  let done = 0;
  const results: Reached[] = [];
  for (const questions of sorts) {
    const counts = { reached: 0, plain: 0, wrong: 0, plainWrong: 0 };
    for (const { parts, plain, right, wrong } of questions) {
      const [found, before] = [await search(parts, FIRST), await search(plain, FIRST)];
      if (found.some((id) => right.has(id))) counts.reached++;
      if (before.some((id) => right.has(id))) counts.plain++;
      counts.wrong += found.filter((id) => wrong.has(id)).length;
      counts.plainWrong += before.filter((id) => wrong.has(id)).length;
      await step(++done);
    }
    const { length } = questions;
    const each = (count: number) => (length === 0 ? 0 : count / length);
    const { reached, plain, wrong, plainWrong } = counts;
    results.push({
      questions: length,
      reached: 100 * each(reached),
      plain: 100 * each(plain),
      wrong: each(wrong),
      plainWrong: each(plainWrong),
    });
  }
  const [without, but, butSeveral] = results;
  return { without: without!, but: but!, butSeveral: butSeveral! };
}
