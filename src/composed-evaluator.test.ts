import { expect, test } from "vitest";
import { butQuestions, evaluateComposed, type Scene, withoutQuestions } from "./composed-evaluator";
import type { Part } from "./retrieval/parts";

const scene = (id: string, place: string, time: string, weather: string, ...things: string[]): Scene => ({
  id,
  place,
  time,
  weather,
  things: things.map((look) => {
    const [colour, kind] = look.split(" ");
    return { kind: kind!, colour: colour! };
  }),
});

const SCENES = [
  scene("a", "snow", "day", "clear", "red car"),
  scene("b", "snow", "night", "fog", "blue car"),
  scene("c", "beach", "day", "clear", "red car", "red dog"),
  scene("d", "beach", "night", "clear", "blue car", "red dog"),
];

const textOf = (parts: Part[]) => parts.map((part) => ("words" in part ? `${part.weight}:${part.words}` : `=${part.photo}`)).join(" ");

test("A without B is asked where some have both and some have A alone, which are right", () => {
  const questions = new Map(withoutQuestions(SCENES).map((question) => [textOf(question.parts), question]));
  const night = questions.get("1:car -1:night")!;
  expect([[...night.right], [...night.wrong], textOf(night.plain)]).toEqual([["a", "c"], ["b", "d"], "1:car"]);
  expect([...questions.get("1:car -1:dog")!.right]).toEqual(["a", "b"]);
  expect([...questions.get("1:red car -1:beach")!.right]).toEqual(["a"]);
  // No dog is in the snow, every one is red, and a red car is nothing without a car; a clear sky is no weather.
  for (const missing of ["1:dog -1:snow", "1:dog -1:red", "1:red car -1:car", "1:car -1:clear", "1:car -1:car"]) {
    expect([...questions.keys()]).not.toContain(missing);
  }
});

test("this but B is asked where the same kinds of things are there with B", () => {
  const one = butQuestions(SCENES, false).map(({ parts, right }) => [textOf(parts), [...right].join()]);
  expect(one).toEqual([
    ["=a 1:night", "b"],
    ["=a 1:fog", "b"],
    ["=a 1:blue", "b"],
    ["=b 1:day", "a"],
    ["=b 1:red", "a"],
  ]);
  expect(butQuestions(SCENES, true).map(({ parts, right }) => [textOf(parts), [...right].join()])).toEqual([
    ["=c 1:night", "d"],
    ["=d 1:day", "c"],
  ]);
});

test("a question is reached by a right photo among ten; what has both is counted", async () => {
  const best = await evaluateComposed(SCENES, async (parts) => {
    const questions = [...withoutQuestions(SCENES), ...butQuestions(SCENES, false), ...butQuestions(SCENES, true)];
    const asked = questions.find((question) => textOf(question.parts) === textOf(parts));
    return asked ? [...asked.right] : SCENES.map(({ id }) => id);
  });
  expect(best.without).toMatchObject({ reached: 100, plain: 100, wrong: 0 });
  expect(best.without.plainWrong).toBeGreaterThanOrEqual(1);
  expect(best.but).toMatchObject({ questions: 5, reached: 100 });
  const nothing = await evaluateComposed(SCENES, async () => []);
  expect(nothing.butSeveral).toEqual({ questions: 2, reached: 0, plain: 0, wrong: 0, plainWrong: 0 });
});
