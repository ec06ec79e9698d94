import { randomOf } from "./random.ts";
import type { Relation } from "./relations.ts";
import type { ColourName } from "./world/colours.ts";
import type { KindName } from "./world/kinds/index.ts";

/** Share of the looks, and of the relations, that training never shows and the test split may. */
const SHARE = 0.08;

/** Whether a kind in this colour is held out of training. */
export function heldOutLook(kind: KindName, colour: ColourName): boolean {
  return randomOf("held out", kind, colour).chance(SHARE);
}

/** Whether this relation between two kinds is held out of training; said from either side it is the same one. */
export function heldOutRelation(subject: KindName, relation: Relation, object: KindName): boolean {
  if (relation === "right") return heldOutRelation(object, "left", subject);
  if (relation === "behind") return heldOutRelation(object, "front", subject);
  return randomOf("held out", subject, relation, object).chance(SHARE);
}
