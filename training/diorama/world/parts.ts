/**
 * What models are made of: a list of painted primitives, as data. x is to the right, y up, z towards the camera, in metres of
 * the toy world; a model stands on y = 0 around the origin.
 */
export type Vector = readonly [number, number, number];

/** "main" is the colour that a caption names; a number is a fixed sRGB colour. */
export type Paint = "main" | number;

export type Shape =
  | { type: "box"; size: Vector; round: number }
  | { type: "cylinder"; top: number; bottom: number; height: number; sides: number }
  | { type: "ball"; radii: Vector }
  | { type: "dome"; radii: Vector }
  | { type: "rock"; radii: Vector }
  | { type: "ring"; radius: number; tube: number }
  /** A side view (x, y) drawn out along z and centred on it. */
  | { type: "slab"; outline: readonly (readonly [number, number])[]; depth: number; bevel: number };

export interface Part {
  shape: Shape;
  at: Vector;
  /** Euler angles in radians, applied x, y, z. */
  turn: Vector;
  paint: Paint;
  /** Multiplies the paint's linear colour; above 1 it glows. */
  tone: number;
}

interface Look {
  turn?: Vector;
  tone?: number;
}

function part(shape: Shape, at: Vector, paint: Paint, { turn = [0, 0, 0], tone = 1 }: Look): Part {
  return { shape, at, turn, paint, tone };
}

export const box = (size: Vector, at: Vector, paint: Paint, look: Look & { round?: number } = {}) =>
  part({ type: "box", size, round: look.round ?? 0 }, at, paint, look);

export const cylinder = ([top, bottom, height]: Vector, at: Vector, paint: Paint, look: Look & { sides?: number } = {}) =>
  part({ type: "cylinder", top, bottom, height, sides: look.sides ?? 14 }, at, paint, look);

export const ball = (radii: Vector, at: Vector, paint: Paint, look: Look = {}) => part({ type: "ball", radii }, at, paint, look);

export const dome = (radii: Vector, at: Vector, paint: Paint, look: Look = {}) => part({ type: "dome", radii }, at, paint, look);

export const rock = (radii: Vector, at: Vector, paint: Paint, look: Look = {}) => part({ type: "rock", radii }, at, paint, look);

export const ring = (radius: number, tube: number, at: Vector, paint: Paint, look: Look = {}) =>
  part({ type: "ring", radius, tube }, at, paint, look);

export const slab = (
  outline: readonly (readonly [number, number])[],
  depth: number,
  at: Vector,
  paint: Paint,
  look: Look & { bevel?: number } = {},
) => part({ type: "slab", outline, depth, bevel: look.bevel ?? 0 }, at, paint, look);

/** A rod of the given radius between two points of the plane z = `z` (bicycle frames, legs, masts). */
export function rod(from: readonly [number, number], to: readonly [number, number], radius: number, z: number, paint: Paint) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return cylinder([radius, radius, Math.hypot(dx, dy)], [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, z], paint, {
    turn: [0, 0, -Math.atan2(dx, dy)],
    sides: 8,
  });
}
