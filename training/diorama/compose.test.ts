import { describe, expect, it } from "vitest";
import { project } from "./camera.ts";
import { compose, twinOf } from "./compose.ts";
import { heldOutLook, heldOutRelation } from "./held-out.ts";
import { RELATIONS, related } from "./relations.ts";
import type { Scene } from "./scene.ts";
import { COLOUR_NAMES } from "./world/colours.ts";
import { KIND_NAMES } from "./world/kinds/index.ts";
import { PLACES } from "./world/places/index.ts";

const scenes = Array.from({ length: 300 }, (_, number) => compose(7, number));

function described({ place, time, objects }: (typeof scenes)[number]): string {
  const groups = objects.map(({ kind, colour }) => `${kind} ${colour}`).sort();
  return [place, time, ...groups].join("/");
}

describe("compose", () => {
  it("gives the same scene for the same seed, number and attempt, and another for any other", () => {
    expect(compose(7, 12, 3)).toEqual(compose(7, 12, 3));
    expect(compose(7, 12)).not.toEqual(compose(8, 12));
    expect(compose(7, 12).objects).not.toEqual(compose(7, 12, 1).objects);
  });

  it("keeps place, time and objects while it tries layouts", () => {
    expect(described(compose(7, 12, 7))).toBe(described(compose(7, 12, 0)));
  });

  it("stays within seven objects, three groups and five of a group", () => {
    for (const { objects } of scenes) {
      const groups = new Map<number, number>();
      for (const { group } of objects) groups.set(group, (groups.get(group) ?? 0) + 1);
      expect(objects.length).toBeLessThanOrEqual(7);
      expect(groups.size).toBeLessThanOrEqual(3);
      expect(Math.max(...groups.values())).toBeLessThanOrEqual(5);
    }
  });

  it("never gives two groups of one scene the same kind and colour", () => {
    for (const { objects } of scenes) {
      const looks = new Set(objects.map(({ group, kind, colour }) => `${group} ${kind} ${colour}`));
      expect(new Set(objects.map(({ kind, colour }) => `${kind} ${colour}`)).size).toBe(looks.size);
    }
  });

  it("puts every object in the picture", () => {
    for (const { objects, camera } of scenes) {
      for (const { x, z } of objects) {
        const seen = project(camera, [x, 0, z]);
        expect(Math.max(Math.abs(seen.x), Math.abs(seen.y))).toBeLessThan(1);
        expect(seen.depth).toBeGreaterThan(0);
      }
    }
  });

  it("makes scenes that can be told apart", () => {
    expect(new Set(scenes.map(described)).size).toBeGreaterThan(295);
  });

  it("has no weather in a place that does not have it, and no size where nothing stands beside", () => {
    for (const { place, weather, objects } of scenes) {
      expect(PLACES[place].weathers).toContain(weather);
      if (new Set(objects.map(({ group }) => group)).size === 1) expect(objects[0]!.size).toBe("usual");
    }
  });

  it("makes twins that differ in two colours alone", () => {
    for (const number of [8, 18, 328]) {
      const [one, other] = [compose(7, number), compose(7, number + 1)];
      expect([twinOf(number), twinOf(number + 1)]).toEqual([number + 1, number]);
      const bare = ({ objects, number: _, ...rest }: Scene) => ({ ...rest, objects: objects.map(({ colour: __, ...object }) => object) });
      expect(bare(one)).toEqual(bare(other));
      const colours = ({ objects }: Scene) => [0, 1].map((group) => objects.find((object) => object.group === group)!.colour);
      expect(colours(one)).toEqual(colours(other).reverse());
      expect(new Set(colours(one)).size).toBe(2);
    }
  });
});

describe("what is held out", () => {
  const training = Array.from({ length: 200 }, (_, index) => compose(7, 1500 + index));
  const relationsOf = ({ objects, camera }: Scene) =>
    [0, 1, 2].flatMap((a) =>
      [0, 1, 2].flatMap((b) => {
        const [one, other] = [a, b].map((group) => objects.filter((object) => object.group === group)) as [
          Scene["objects"],
          Scene["objects"],
        ];
        if (a === b || one.length === 0 || other.length === 0) return [];
        return RELATIONS.filter((is) => related(camera, is, one, other)).map((is) => [one[0]!.kind, is, other[0]!.kind] as const);
      }),
    );

  it("is never in training", () => {
    expect(training.flatMap(({ objects }) => objects).some(({ kind, colour }) => heldOutLook(kind, colour))).toBe(false);
    expect(training.flatMap(relationsOf).some(([one, is, other]) => heldOutRelation(one, is, other))).toBe(false);
  });

  it("is in the test split, of every size that matters", () => {
    expect(scenes.flatMap(({ objects }) => objects).filter(({ kind, colour }) => heldOutLook(kind, colour)).length).toBeGreaterThan(20);
    expect(scenes.flatMap(relationsOf).filter(([one, is, other]) => heldOutRelation(one, is, other)).length).toBeGreaterThan(10);
  });

  it("leaves every kind most of its colours", () => {
    for (const kind of KIND_NAMES) expect(COLOUR_NAMES.filter((colour) => heldOutLook(kind, colour)).length).toBeLessThan(5);
  });
});
