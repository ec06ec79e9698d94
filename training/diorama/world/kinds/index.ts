import { ball } from "./ball.ts";
import { bench } from "./bench.ts";
import { bicycle } from "./bicycle.ts";
import { bird } from "./bird.ts";
import { boat } from "./boat.ts";
import { car } from "./car.ts";
import { dog } from "./dog.ts";
import { horse } from "./horse.ts";
import { house } from "./house.ts";
import type { Kind } from "./kind.ts";
import { lamp } from "./lamp.ts";
import { mushroom } from "./mushroom.ts";
import { tree } from "./tree.ts";

/** A new kind is one file beside this one, one line here, and its words in every file of ../../language. */
export const KINDS = {
  car,
  dog,
  house,
  boat,
  tree,
  horse,
  ball,
  bench,
  bicycle,
  bird,
  mushroom,
  lamp,
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];
