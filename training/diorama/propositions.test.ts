import { describe, expect, it } from "vitest";
import { type Proposition, satisfies } from "./propositions.ts";
import type { Camera, SceneObject } from "./scene.ts";

const camera: Camera = { yaw: 0, pitch: 0.2, distance: 10, target: [0, 1, 0], fov: 0.56 };

const object = (
  kind: SceneObject["kind"],
  colour: SceneObject["colour"],
  group: number,
  x: number,
  z: number,
  look: Partial<Pick<SceneObject, "material" | "size">> = {},
): SceneObject => ({
  kind,
  colour,
  material: "plastic",
  size: "usual",
  ...look,
  group,
  x,
  z,
  heading: 0,
  scale: 1,
});

/** A red metal car on the left; two small blue dogs on the right and nearer; a green dog far behind, in the middle; it rains. */
const scene = {
  place: "beach" as const,
  time: "night" as const,
  weather: "rain" as const,
  camera,
  objects: [
    object("car", "red", 0, -2, 0, { material: "metal" }),
    object("dog", "blue", 1, 1, 1.5, { size: "small" }),
    object("dog", "blue", 1, 2, 1.5, { size: "small" }),
    object("dog", "green", 2, 0, -2),
  ],
};
const mirrored = { ...scene, objects: scene.objects.map((each) => ({ ...each, x: -each.x })) };

const car = { kind: "car", colour: "red", count: 1 } as const;
const blueDogs = { kind: "dog", colour: "blue", count: 2 } as const;

const cases: [name: string, proposition: Proposition, holds: boolean][] = [
  ["an object", { mentions: [car] }, true],
  ["another colour", { mentions: [{ ...car, colour: "blue" }] }, false],
  ["another kind", { mentions: [{ ...car, kind: "boat" }] }, false],
  ["the right number", { mentions: [blueDogs] }, true],
  ["one of two", { mentions: [{ ...blueDogs, count: 1 }] }, false],
  ["too many", { mentions: [{ ...blueDogs, count: 3 }] }, false],
  ["all dogs, whatever their colour", { mentions: [{ kind: "dog", count: 3 }] }, true],
  ["only some of the dogs", { mentions: [{ kind: "dog", count: 2 }] }, false],
  ["several", { mentions: [{ ...blueDogs, count: "several" }] }, true],
  ["several of one", { mentions: [{ ...car, count: "several" }] }, false],
  ["two mentions", { mentions: [car, blueDogs] }, true],
  ["two mentions, one false", { mentions: [car, { kind: "boat", count: 1 }] }, false],
  ["the place", { mentions: [car], place: "beach" }, true],
  ["another place", { mentions: [car], place: "snow" }, false],
  ["the time", { mentions: [car], time: "night" }, true],
  ["the other time", { mentions: [car], time: "day" }, false],
  ["left", { mentions: [car, blueDogs], relation: { subject: 0, is: "left", object: 1 } }, true],
  ["left, turned round", { mentions: [car, blueDogs], relation: { subject: 1, is: "left", object: 0 } }, false],
  ["right", { mentions: [car, blueDogs], relation: { subject: 1, is: "right", object: 0 } }, true],
  ["front", { mentions: [car, blueDogs], relation: { subject: 1, is: "front", object: 0 } }, true],
  ["front, turned round", { mentions: [car, blueDogs], relation: { subject: 0, is: "front", object: 1 } }, false],
  ["behind", { mentions: [car, blueDogs], relation: { subject: 0, is: "behind", object: 1 } }, true],
  [
    "in front with all of them, when one of them is not",
    { mentions: [{ kind: "dog", count: 3 }, car], relation: { subject: 0, is: "front", object: 1 } },
    false,
  ],
  ["the weather", { mentions: [car], weather: "rain" }, true],
  ["another weather", { mentions: [car], weather: "fog" }, false],
  ["the material", { mentions: [{ ...car, material: "metal" }] }, true],
  ["another material", { mentions: [{ ...car, material: "wood" }] }, false],
  ["the size, of those that have it", { mentions: [{ kind: "dog", size: "small", count: 2 }] }, true],
  ["a size that none has", { mentions: [{ kind: "dog", size: "large", count: 1 }] }, false],
  ["nothing else", { mentions: [car, { kind: "dog", count: 3 }], only: true }, true],
  ["nothing else, but there is", { mentions: [car, blueDogs], only: true }, false],
];

describe("satisfies", () => {
  it.each(cases)("%s", (_, proposition, holds) => {
    expect(satisfies(scene, proposition)).toBe(holds);
  });

  it("swaps left and right in the mirror, and nothing else", () => {
    const relation = (is: "left" | "right" | "front" | "behind"): Proposition => ({
      mentions: [car, blueDogs],
      relation: { subject: 0, is, object: 1 },
    });
    expect(satisfies(mirrored, relation("left"))).toBe(false);
    expect(satisfies(mirrored, relation("right"))).toBe(true);
    expect(satisfies(mirrored, relation("behind"))).toBe(satisfies(scene, relation("behind")));
  });

  it("asks for a clear margin", () => {
    const near = { ...scene, objects: [object("car", "red", 0, 0, 0), object("ball", "white", 1, 0.2, 0.2)] };
    for (const is of ["left", "right", "front", "behind"] as const) {
      const mentions = [car, { kind: "ball", count: 1 } as const];
      expect(satisfies(near, { mentions, relation: { subject: 0, is, object: 1 } })).toBe(false);
    }
  });
});
