import { project } from "./camera.ts";
import { heldOutLook, heldOutRelation } from "./held-out.ts";
import { type Random, randomOf } from "./random.ts";
import { RELATIONS, related } from "./relations.ts";
import { type Camera, type Group, type Scene, type SceneObject, SETS_PER_PLACE } from "./scene.ts";
import { splitOf } from "./splits.ts";
import { COLOUR_NAMES } from "./world/colours.ts";
import { KIND_NAMES, KINDS } from "./world/kinds/index.ts";
import { SIZES } from "./world/materials.ts";
import { PLACE_NAMES, PLACES, TIMES } from "./world/places/index.ts";

/** After so many layouts that hide something the scene gets other objects. */
const LAYOUTS_PER_CONTENT = 8;
const MOST_OBJECTS = 7;
const GROUPS = { "1": 0.14, "2": 0.5, "3": 0.36 };
const COUNTS = { "1": 0.52, "2": 0.22, "3": 0.12, "4": 0.08, "5": 0.06 };
const USED_SIZES = { small: 0.16, usual: 0.68, large: 0.16 };
const USED_MATERIALS = { plastic: 0.52, metal: 0.16, wood: 0.16, glass: 0.16 };
/** Layouts tried before the objects are given up as too many or too large for a picture. */
const LAYOUTS = 120;

function drawGroups(random: Random): Group[] {
  const wanted = Number(random.weighted(GROUPS));
  const groups: Group[] = [];
  let left = MOST_OBJECTS;
  while (groups.length < wanted) {
    // Sometimes the same kind in another colour: then the colour alone tells which is meant.
    const again = groups.length > 0 && random.chance(0.08);
    const kind = again ? groups[0]!.kind : random.pick(KIND_NAMES);
    const colour = random.pick(COLOUR_NAMES);
    if (groups.some((group) => group.kind === kind && (!again || group.colour === colour))) continue;
    const count = Math.min(Number(random.weighted(COUNTS)), left - (wanted - groups.length - 1));
    left -= count;
    // A size is told by what stands beside it.
    const size = wanted === 1 ? "usual" : random.weighted(USED_SIZES);
    groups.push({ kind, colour, material: random.weighted(USED_MATERIALS), size, count });
  }
  return groups;
}

/** Where the groups' middles stand: side by side, one behind the other, or in a triangle. */
function groupMiddles(random: Random, groups: number): [x: number, z: number][] {
  const near = random.between(1, 1.6);
  const far = -random.between(1.1, 1.9);
  const wide = random.between(1.3, 2);
  const shift = random.between(-0.9, 0.9);
  const wobble = () => random.between(-0.5, 0.5);
  if (groups === 1) return [[wobble(), wobble()]];
  if (groups === 2) {
    return random.chance(0.55)
      ? [
          [-wide, wobble()],
          [wide, wobble()],
        ]
      : [
          [shift, near],
          [-shift, far],
        ];
  }
  const row: [number, number][] = [
    [-wide * 1.35, wobble()],
    [wobble(), wobble()],
    [wide * 1.35, wobble()],
  ];
  const apexNear: [number, number][] = [
    [-wide, far],
    [wide, far],
    [shift * 0.6, near],
  ];
  const apexFar: [number, number][] = [
    [-wide, near],
    [wide, near],
    [shift * 0.6, far],
  ];
  return random.shuffled(random.pick([row, apexNear, apexFar]));
}

/** Places for a group's members around its middle: a row, a triangle, two rows. */
function memberOffsets(random: Random, { kind, count, size }: Group): [x: number, z: number][] {
  const { reach, girth } = KINDS[kind];
  const stride = (reach + girth) * SIZES[size] * random.between(1.12, 1.3);
  const lean = random.between(-0.35, 0.35);
  if (count === 1) return [[0, 0]];
  if (count === 2)
    return [
      [-stride / 2, lean],
      [stride / 2, -lean],
    ];
  if (count > 3) {
    const deep = Math.max(0.9, girth * 2.4 * SIZES[size]);
    const back = count === 4 ? [-0.5, 0.5] : [-1, 0, 1];
    return [
      ...[-0.5, 0.5].map((x): [number, number] => [x * stride, deep / 2]),
      ...back.map((x): [number, number] => [x * stride + lean, -deep / 2]),
    ];
  }
  return random.chance(0.5)
    ? [
        [-stride, lean],
        [0, -lean],
        [stride, lean],
      ]
    : [
        [-stride * 0.6, 0.45],
        [stride * 0.6, 0.35],
        [lean, -0.75],
      ];
}

function place(random: Random, groups: Group[]): SceneObject[] {
  const middles = groupMiddles(random, groups.length);
  return groups.flatMap((group, index) => {
    const [middleX, middleZ] = middles[index]!;
    const { swing, faces } = KINDS[group.kind];
    const facing = faces === "either" && random.chance(0.5) ? Math.PI : 0;
    const common = random.between(-swing, swing) * 0.6;
    return memberOffsets(random, group).map(([x, z]) => ({
      kind: group.kind,
      colour: group.colour,
      material: group.material,
      size: group.size,
      group: index,
      x: middleX + x,
      z: middleZ + z,
      heading: facing + common + random.between(-swing, swing) * 0.4,
      scale: SIZES[group.size] * random.between(0.95, 1.05),
    }));
  });
}

/** Footprints as circles between length and depth: models may stand close but not in each other. */
function collide(objects: readonly SceneObject[]): boolean {
  const radius = ({ kind, scale }: SceneObject) => scale * (KINDS[kind].reach * 0.75 + KINDS[kind].girth * 0.25);
  return objects.some((one, index) =>
    objects.slice(index + 1).some((other) => Math.hypot(one.x - other.x, one.z - other.z) < radius(one) + radius(other) + 0.05),
  );
}

/** The nearest camera that has every object in the picture, with a rim. */
function frame(random: Random, objects: readonly SceneObject[]): Camera {
  const corners = objects.flatMap(({ kind, x, z, scale }) => {
    const { reach, girth, height } = KINDS[kind];
    const wide = scale * (reach * 0.8 + girth * 0.2);
    return [-wide, wide].flatMap((dx) =>
      [0, height * scale].flatMap((y) => [[x + dx, y, z - girth] as const, [x + dx, y, z + girth] as const]),
    );
  });
  const middle = (axis: 0 | 2) => {
    const values = corners.map((corner) => corner[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  const camera: Camera = {
    yaw: random.between(-0.16, 0.16),
    // From a child's height to a balcony's.
    pitch: random.between(0.12, 0.42),
    distance: 6.4,
    target: [middle(0) * 0.9, random.between(1.1, 1.35), middle(2)],
    fov: 0.56,
  };
  const rim = random.between(0.8, 0.92);
  const outside = () =>
    corners.some((corner) => {
      const { x, y } = project(camera, corner);
      return Math.abs(x) > rim || Math.abs(y) > rim;
    });
  while (outside() && camera.distance < 20) camera.distance += 0.2;
  return camera;
}

/** Two groups of a picture must stand in at least one relation that a caption can tell; training shows none that is held out. */
function tellable({ objects, camera }: Pick<Scene, "objects" | "camera">, training: boolean): boolean {
  const groups = [...new Set(objects.map(({ group }) => group))].map((group) => objects.filter((object) => object.group === group));
  return groups.every((one, index) =>
    groups.slice(index + 1).every((other) => {
      const holding = RELATIONS.filter((relation) => related(camera, relation, one, other));
      const [a, b] = [one[0]!.kind, other[0]!.kind];
      return holding.length > 0 && !(training && holding.some((relation) => heldOutRelation(a, relation, b)));
    }),
  );
}

/** Of the test scenes, every tenth and the one after it are twins: the same scene but for two colours, swapped. */
export function twinOf(number: number): number | undefined {
  if (splitOf(number) !== "test" || number % 10 < 8) return undefined;
  return number % 10 === 8 ? number + 1 : number - 1;
}

function drawContent(seed: number, number: number, turn: number, redraw: number) {
  const twin = twinOf(number);
  const source = twin === undefined ? number : Math.min(number, twin);
  const random = randomOf(seed, source, "content", turn, redraw);
  const training = splitOf(number) === "train";
  let groups = drawGroups(random);
  const unfit = () =>
    (training && groups.some(({ kind, colour }) => heldOutLook(kind, colour))) ||
    (twin !== undefined && (groups.length !== 2 || groups[0]!.kind === groups[1]!.kind || groups[0]!.colour === groups[1]!.colour));
  while (unfit()) groups = drawGroups(random);
  if (source !== number) {
    const [one, other] = groups as [Group, Group];
    groups = [
      { ...one, colour: other.colour },
      { ...other, colour: one.colour },
    ];
  }
  const place = random.pick(PLACE_NAMES);
  return { source, groups, training, place, time: random.pick(TIMES), weather: random.pick(PLACES[place].weathers) };
}

/**
 * The scene of this number: place, time, weather and objects follow from (seed, number), the layout also from `attempt`. Another attempt is
 * asked for when the rendered picture hides an object or shows it too small. Objects that no layout fits into a picture are drawn anew.
 */
export function compose(seed: number, number: number, attempt = 0): Scene {
  for (let redraw = 0; ; redraw++) {
    const turn = Math.floor(attempt / LAYOUTS_PER_CONTENT);
    const { source, groups, training, place: where, time, weather } = drawContent(seed, number, turn, redraw);
    const random = randomOf(seed, source, "layout", attempt, redraw);
    for (let layout = 0; layout < LAYOUTS; layout++) {
      const objects = place(random, groups);
      if (collide(objects)) continue;
      const camera = frame(random, objects);
      if (camera.distance > 15.5 || !tellable({ objects, camera }, training)) continue;
      return {
        number,
        attempt,
        place: where,
        time,
        weather,
        camera,
        set: Math.floor(random.next() * SETS_PER_PLACE),
        sun: random.between(0.5, Math.PI - 0.5),
        objects,
      };
    }
  }
}
