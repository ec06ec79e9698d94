import { project } from "./camera.ts";
import type { Camera, SceneObject } from "./scene.ts";

export const RELATIONS = ["left", "right", "front", "behind"] as const;
export type Relation = (typeof RELATIONS)[number];

/** Between the nearest two of both sides: in half picture widths, and in metres along the ground. */
const SIDEWAYS_MARGIN = 0.14;
const DEPTH_MARGIN = 0.8;

function interval(values: number[]): [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Whether every subject stands so to every object, as the camera sees it, by a clear margin. */
export function related(camera: Camera, relation: Relation, subjects: SceneObject[], objects: SceneObject[]): boolean {
  if (relation === "right") return related(camera, "left", objects, subjects);
  if (relation === "behind") return related(camera, "front", objects, subjects);
  const seen = (items: SceneObject[]) => items.map(({ x, z }) => project(camera, [x, 0, z]));
  if (relation === "left") {
    const [, rightmost] = interval(seen(subjects).map(({ x }) => x));
    const [leftmost] = interval(seen(objects).map(({ x }) => x));
    return rightmost + SIDEWAYS_MARGIN < leftmost;
  }
  const [, farthest] = interval(seen(subjects).map(({ depth }) => depth));
  const [nearest] = interval(seen(objects).map(({ depth }) => depth));
  return farthest + DEPTH_MARGIN * Math.cos(camera.pitch) < nearest;
}
