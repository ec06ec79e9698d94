import { beach } from "./beach.ts";
import { city } from "./city.ts";
import { desert } from "./desert.ts";
import { forest } from "./forest.ts";
import { harbour } from "./harbour.ts";
import { kitchen } from "./kitchen.ts";
import { livingroom } from "./livingroom.ts";
import { meadow } from "./meadow.ts";
import { mountain } from "./mountain.ts";
import type { Place } from "./place.ts";
import { snow } from "./snow.ts";

/** A new place is one file beside this one, one line here, and its words in every file of ../../language. */
export const PLACES = { beach, forest, snow, harbour, city, desert, kitchen, livingroom, meadow, mountain } satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as PlaceName[];

export const TIMES = ["day", "evening", "night"] as const;
export type Time = (typeof TIMES)[number];
