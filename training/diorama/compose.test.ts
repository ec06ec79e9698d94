import { describe, expect, it } from "vitest";
import { project } from "./camera.ts";
import { compose } from "./compose.ts";

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

  it("stays within five objects, three groups and three of a group", () => {
    for (const { objects } of scenes) {
      const groups = new Map<number, number>();
      for (const { group } of objects) groups.set(group, (groups.get(group) ?? 0) + 1);
      expect(objects.length).toBeLessThanOrEqual(5);
      expect(groups.size).toBeLessThanOrEqual(3);
      expect(Math.max(...groups.values())).toBeLessThanOrEqual(3);
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
});
