import { expect, it } from "vitest";
import { memorySource } from "../files/source";
import { readMap } from "../gallery/map";
import { personalMap } from "./personal-map";
import type { PersonalGallery } from "./records";

const gallery = (revision: number) => ({ revision }) as PersonalGallery;
const MAP = { revision: 3, numbers: [0, 2, 5], positions: Uint16Array.of(1, 2, 3, 4, 5, 6) };

it("is a table of just the photos that it was made of, as they were", async () => {
  const { table, file } = personalMap(MAP, gallery(3), [0, 2, 5])!;
  expect(file.length).toBe(table.file.bytes);
  // What comes from the store has no digest to be held to.
  const source = { ...memorySource(new Map()), read: async () => file };
  expect([...(await readMap(source, table))]).toEqual([1, 2, 3, 4, 5, 6]);
});

it.each([
  ["there is none", undefined, gallery(3), [0, 2, 5]],
  ["a photo came", MAP, gallery(3), [0, 2, 5, 6]],
  ["one went and another came", MAP, gallery(3), [0, 2, 6]],
  ["a photo changed", MAP, gallery(4), [0, 2, 5]],
])("is none where %s", (_, map, of, now) => {
  expect(personalMap(map, of, now)).toBeUndefined();
});
