import { type Mention, type Proposition, satisfies } from "./propositions.ts";
import type { Random } from "./random.ts";
import type { Scene } from "./scene.ts";
import { COLOUR_NAMES } from "./world/colours.ts";
import { KIND_NAMES } from "./world/kinds/index.ts";
import { MATERIAL_NAMES } from "./world/materials.ts";
import { PLACE_NAMES, TIMES } from "./world/places/index.ts";

/** What is changed, by how often: mostly who has which colour and who stands where, since that is what a dot product confuses. */
const CHANGES = { colours: 5, sides: 5, colour: 3, count: 4, material: 1, kind: 1, place: 0.5, time: 0.5 };
type Change = keyof typeof CHANGES;

const DRAWS = 12;

function change(random: Random, proposition: Proposition, what: Change): Proposition | undefined {
  const { mentions, relation } = proposition;
  const at = Math.floor(random.next() * mentions.length);
  const with_ = (changed: Partial<Mention>) => ({
    ...proposition,
    mentions: mentions.map((mention, i) => (i === at ? { ...mention, ...changed } : mention)),
  });
  const one = mentions[at]!;
  switch (what) {
    case "colours": {
      const other = mentions.find(({ kind, colour }) => colour && colour !== one.colour && kind !== one.kind);
      if (!one.colour || !other) return undefined;
      const swapped = (mention: Mention) =>
        mention === one ? { ...mention, colour: other.colour! } : mention === other ? { ...mention, colour: one.colour! } : mention;
      return { ...proposition, mentions: mentions.map(swapped) };
    }
    case "sides":
      return relation && { ...proposition, relation: { subject: relation.object, is: relation.is, object: relation.subject } };
    case "colour":
      return one.colour && with_({ colour: random.pick(COLOUR_NAMES) });
    case "count":
      return one.count === "several" ? undefined : with_({ count: Math.max(1, Math.min(5, one.count + random.pick([-1, 1]))) });
    case "material":
      return one.material && with_({ material: random.pick(MATERIAL_NAMES) });
    case "kind":
      return with_({ kind: random.pick(KIND_NAMES) });
    case "place":
      return proposition.place && { ...proposition, place: random.pick(PLACE_NAMES) };
    case "time":
      return proposition.time && { ...proposition, time: random.pick(TIMES) };
  }
}

/** The claim with one fact changed, so that it is false of the scene: a hard negative in words. Undefined where the draws found none. */
export function foilOf(random: Random, scene: Scene, proposition: Proposition): Proposition | undefined {
  for (let draw = 0; draw < DRAWS; draw++) {
    const changed = change(random, proposition, random.weighted(CHANGES));
    if (changed && !satisfies(scene, changed)) return changed;
  }
  return undefined;
}
