import type { Random } from "../random.ts";

/** "plain": a sentence or a phrase. "count": the same, with the numbers as its point. "terse": search words. */
export type Style = "plain" | "count" | "terse";

/** Words that stand for the same thing; the first is the usual one and is drawn most. */
export type Choices<T = string> = readonly [T, ...T[]];

/** The usual word half of the time, else any. */
export function choose<T>(random: Random, choices: Choices<T>): T {
  return random.chance(0.5) ? choices[0] : random.pick(choices);
}
