import { facetsOf, type PhotoFilter } from "../gallery/facets";
import type { Item } from "../gallery/manifest";
import type { Spread } from "../retrieval/relevance";
import type { Condition, Fields } from "./engine";

/**
 * What an engine keeps of a photo: what it can be filtered by, and what it scores in general. The folders that a photo lies in are a field a level,
 * so that "in it or below it" is equality, which every engine knows; days are numbers like 20240531.
 */
export function fieldsOf(item: Item, spread: Spread | undefined): Fields {
  const { folders, day, ...others } = facetsOf(item);
  return {
    ...Object.fromEntries(folders.map((folder) => [folderField(folder), folder])),
    ...(day === undefined ? {} : { day: dayNumber(day) }),
    ...others,
    ...spread,
  };
}

/** What a photo scores in general, of its fields; undefined where they do not say it. */
export function spreadOf({ mean, deviation }: Fields): Spread | undefined {
  return typeof mean === "number" && typeof deviation === "number" ? { mean, deviation } : undefined;
}

/** A filter as conditions on those fields. */
export function conditionsOf({ folder, from, to, type, shape, place }: PhotoFilter): Condition[] {
  const is = (field: string, value: string | undefined): Condition[] => (value === undefined ? [] : [{ field, is: value }]);
  const days = { ...(from ? { from: dayNumber(from) } : {}), ...(to ? { to: dayNumber(to) } : {}) };
  return [
    ...(folder === undefined ? [] : is(folderField(folder), folder)),
    ...is("type", type),
    ...is("shape", shape),
    ...is("place", place),
    ...(from || to ? [{ field: "day", ...days }] : []),
  ];
}

const folderField = (folder: string): string => `folder${folder.split("/").length}`;

const dayNumber = (day: string): number => Number(day.replaceAll("-", ""));
