import { type Relation, related } from "./relations.ts";
import type { Scene, SceneObject } from "./scene.ts";
import type { ColourName } from "./world/colours.ts";
import type { KindName } from "./world/kinds/index.ts";
import type { MaterialName, SizeName } from "./world/materials.ts";
import type { PlaceName, Time } from "./world/places/index.ts";
import type { Weather } from "./world/weather.ts";

/** Some objects of a scene: all of the kind, or all of the kind that have the colour, material and size that are said. */
export interface Mention {
  kind: KindName;
  colour?: ColourName;
  material?: MaterialName;
  size?: Exclude<SizeName, "usual">;
  /** Exactly so many; "several": two or more. */
  count: number | "several";
}

/** What a caption claims, in no language. Whatever is left out is not claimed. */
export interface Proposition {
  mentions: Mention[];
  place?: PlaceName;
  time?: Time;
  weather?: Weather;
  /** Between two mentions, by their index: every one of `subject` stands so to every one of `object`. */
  relation?: { subject: number; is: Relation; object: number };
  /** Nothing but what is mentioned stands there. */
  only?: true;
}

/** The objects that a mention speaks of, whatever their number. */
export function meant(scene: Pick<Scene, "objects">, { kind, colour, material, size }: Mention): SceneObject[] {
  return scene.objects.filter(
    (object) =>
      object.kind === kind &&
      (colour === undefined || object.colour === colour) &&
      (material === undefined || object.material === material) &&
      (size === undefined || object.size === size),
  );
}

/** Whether the claim is true of the scene; objects are counted as they can be seen, since a finished scene hides none. */
export function satisfies(
  scene: Pick<Scene, "objects" | "place" | "time" | "weather" | "camera">,
  { mentions, place, time, weather, relation, only }: Proposition,
): boolean {
  if (place !== undefined && place !== scene.place) return false;
  if (time !== undefined && time !== scene.time) return false;
  if (weather !== undefined && weather !== scene.weather) return false;
  const groups = mentions.map((mention) => meant(scene, mention));
  const counted = groups.every((group, index) => {
    const { count } = mentions[index]!;
    return count === "several" ? group.length >= 2 : group.length === count;
  });
  if (!counted) return false;
  if (only && new Set(groups.flat()).size < scene.objects.length) return false;
  return !relation || related(scene.camera, relation.is, groups[relation.subject]!, groups[relation.object]!);
}
