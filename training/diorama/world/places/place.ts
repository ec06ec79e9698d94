import type { Random } from "../../random.ts";
import type { Part } from "../parts.ts";
import type { Weather } from "../weather.ts";

/** The sky and the light over a place at one time of day; sRGB colours. */
export interface Air {
  zenith: number;
  horizon: number;
  /** Multiplies the ground's and the set dressing's colours, so that objects keep theirs. */
  tint: number;
}

export interface Place {
  readonly day: Air;
  readonly night: Air;
  readonly ground: number;
  /** Ground, backdrop and set dressing, as parts with fixed paint; nothing that looks like a kind. Objects stand within |x| < 4, |z| < 3. */
  dress(random: Random): Part[];
  /** The weathers it may have, each as often as it is listed. */
  readonly weathers: readonly Weather[];
}
