import { beach } from "./beach.ts";
import { forest } from "./forest.ts";
import { harbour } from "./harbour.ts";
import type { Place } from "./place.ts";
import { snow } from "./snow.ts";

/** A new place is one file beside this one, one line here, and its words in every file of ../../language. */
export const PLACES = { beach, forest, snow, harbour } satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as PlaceName[];

export const TIMES = ["day", "night"] as const;
export type Time = (typeof TIMES)[number];
