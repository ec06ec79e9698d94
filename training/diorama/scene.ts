import type { ColourName } from "./world/colours.ts";
import type { KindName } from "./world/kinds/index.ts";
import type { MaterialName, SizeName } from "./world/materials.ts";
import type { PlaceName, Time } from "./world/places/index.ts";
import type { Weather } from "./world/weather.ts";

/** A camera on a circle around the world's middle; metres and radians, `fov` of the square picture. */
export interface Camera {
  yaw: number;
  pitch: number;
  distance: number;
  /** The point looked at. */
  target: readonly [number, number, number];
  fov: number;
}

export interface SceneObject {
  kind: KindName;
  colour: ColourName;
  material: MaterialName;
  size: SizeName;
  /** Objects of one group share kind, colour, material and size, and stand together. */
  group: number;
  x: number;
  z: number;
  /** Radians about the vertical. */
  heading: number;
  /** The size's factor, and a little more or less. */
  scale: number;
}

/** What the objects of one group have in common, and how many there are. */
export interface Group extends Pick<SceneObject, "kind" | "colour" | "material" | "size"> {
  count: number;
}

/** Everything a picture shows, and all that captions are about. Composed by (seed, number, attempt). */
export interface Scene {
  number: number;
  attempt: number;
  place: PlaceName;
  time: Time;
  weather: Weather;
  camera: Camera;
  /** Which of the place's fixed sets stands around. */
  set: number;
  /** Where the sun or moon stands: radians about the vertical, from the camera's right. */
  sun: number;
  objects: SceneObject[];
}

export const SETS_PER_PLACE = 6;
