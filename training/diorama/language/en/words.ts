import type { Relation } from "../../relations.ts";
import type { ColourName } from "../../world/colours.ts";
import type { KindName } from "../../world/kinds/index.ts";
import type { MaterialName } from "../../world/materials.ts";
import type { PlaceName, Time } from "../../world/places/index.ts";
import type { Weather } from "../../world/weather.ts";
import type { Choices } from "../style.ts";

export interface Noun {
  one: string;
  many: string;
}

const noun = (one: string, many = `${one}s`): Noun => ({ one, many });

export const NOUNS: Readonly<Record<KindName, Choices<Noun>>> = {
  car: [noun("car"), noun("toy car")],
  dog: [noun("dog"), noun("puppy", "puppies")],
  house: [noun("house"), noun("cottage")],
  boat: [noun("boat"), noun("sailing boat")],
  tree: [noun("tree")],
  horse: [noun("horse"), noun("pony", "ponies")],
  ball: [noun("ball")],
  bench: [noun("bench", "benches")],
  bicycle: [noun("bicycle"), noun("bike")],
  bird: [noun("bird")],
  mushroom: [noun("mushroom"), noun("toadstool")],
  lamp: [noun("lamp"), noun("street lamp")],
  aeroplane: [noun("aeroplane"), noun("plane")],
  apple: [noun("apple")],
  balloon: [noun("hot-air balloon"), noun("balloon")],
  bed: [noun("bed")],
  bus: [noun("bus", "buses"), noun("coach", "coaches")],
  cactus: [noun("cactus", "cacti")],
  cake: [noun("cake"), noun("birthday cake")],
  castle: [noun("castle"), noun("toy castle")],
  cat: [noun("cat"), noun("kitten")],
  chair: [noun("chair")],
  cloud: [noun("rain cloud"), noun("cloud")],
  cow: [noun("cow")],
  cup: [noun("cup"), noun("mug")],
  drum: [noun("drum"), noun("toy drum")],
  duck: [noun("duck")],
  elephant: [noun("elephant")],
  flower: [noun("flower"), noun("blossom")],
  icecream: [noun("ice cream"), noun("ice-cream cone")],
  kite: [noun("kite")],
  lighthouse: [noun("lighthouse"), noun("light tower")],
  lorry: [noun("lorry", "lorries"), noun("truck")],
  penguin: [noun("penguin")],
  person: [noun("person", "people"), noun("figure")],
  present: [noun("present"), noun("gift")],
  rabbit: [noun("rabbit"), noun("bunny", "bunnies")],
  robot: [noun("robot"), noun("toy robot")],
  rocket: [noun("rocket"), noun("spaceship")],
  sheep: [noun("sheep", "sheep")],
  snowman: [noun("snowman", "snowmen")],
  sofa: [noun("sofa"), noun("couch", "couches")],
  table: [noun("table")],
  tent: [noun("tent")],
  tractor: [noun("tractor")],
  train: [noun("train"), noun("steam engine")],
  turtle: [noun("turtle"), noun("tortoise")],
  umbrella: [noun("umbrella"), noun("parasol")],
  windmill: [noun("windmill"), noun("mill")],
};

export const MATERIAL_WORDS: Readonly<Record<MaterialName, Choices>> = {
  plastic: ["plastic"],
  metal: ["metal", "metallic"],
  wood: ["wooden"],
  glass: ["glass"],
};

export const SIZE_WORDS: Readonly<Record<"small" | "large", Choices>> = {
  small: ["small", "little", "tiny"],
  large: ["large", "big", "huge"],
};

export const COLOUR_WORDS: Readonly<Record<ColourName, Choices>> = {
  red: ["red", "bright red"],
  orange: ["orange", "bright orange"],
  yellow: ["yellow", "bright yellow"],
  green: ["green"],
  blue: ["blue"],
  purple: ["purple", "violet"],
  white: ["white"],
  black: ["black"],
  pink: ["pink", "bright pink"],
  brown: ["brown"],
  grey: ["grey"],
  turquoise: ["turquoise", "teal"],
};

export const PLACE_NOUNS: Readonly<Record<PlaceName, Choices>> = {
  beach: ["beach", "seaside"],
  forest: ["forest", "woods"],
  snow: ["snow"],
  harbour: ["harbour", "quay"],
  city: ["city", "street"],
  desert: ["desert", "dunes"],
  kitchen: ["kitchen"],
  livingroom: ["living room", "lounge"],
  meadow: ["meadow", "field"],
  mountain: ["mountains", "mountain"],
};

export const PLACE_PHRASES: Readonly<Record<PlaceName, Choices>> = {
  beach: ["on the beach", "at the seaside", "on a sandy beach", "on the sand", "at the beach"],
  forest: ["in the forest", "in the woods", "in a forest", "in a woodland clearing"],
  snow: ["in the snow", "in the white snow", "in a snowy landscape", "on snowy ground"],
  harbour: ["at the harbour", "in the harbour", "on the quay", "on the quayside", "at the docks"],
  city: ["in the city", "on a city street", "in the street", "in town"],
  desert: ["in the desert", "in a desert", "among the dunes", "on the desert sand"],
  kitchen: ["in the kitchen", "in a kitchen", "on the kitchen floor"],
  livingroom: ["in the living room", "in a living room", "in the lounge", "on the living-room carpet"],
  meadow: ["in the meadow", "in a meadow", "on the grass", "in a green field"],
  mountain: ["in the mountains", "on a mountain", "high in the mountains", "on a rocky slope"],
};

export const TIME_NOUNS: Readonly<Record<Time, Choices>> = {
  day: ["day", "daytime"],
  evening: ["evening", "sunset"],
  night: ["night", "night-time"],
};

export const TIME_ADJECTIVES: Readonly<Record<Time, string>> = { day: "daytime", evening: "evening", night: "night-time" };

export const TIME_PHRASES: Readonly<Record<Time, Choices>> = {
  day: ["by day", "during the day", "in daylight", "in the daytime", "in broad daylight"],
  evening: ["in the evening", "at sunset", "at dusk", "in the evening light"],
  night: ["at night", "by night", "after dark", "in the moonlight", "under the stars"],
};

export const WEATHER_NOUNS: Readonly<Record<Weather, Choices>> = {
  clear: ["clear sky"],
  rain: ["rain"],
  fog: ["fog", "mist"],
  snowfall: ["snowfall"],
};

export const WEATHER_PHRASES: Readonly<Record<Weather, Choices>> = {
  clear: ["under a clear sky"],
  rain: ["in the rain", "in rainy weather", "in pouring rain"],
  fog: ["in the fog", "in thick fog", "in foggy weather", "in the mist"],
  snowfall: ["in falling snow", "in a snowfall", "under falling snowflakes"],
};

export const RELATION_PHRASES: Readonly<Record<Relation, Choices>> = {
  left: ["to the left of", "left of", "on the left of", "on the left-hand side of"],
  right: ["to the right of", "right of", "on the right of", "on the right-hand side of"],
  front: ["in front of", "closer to the camera than", "nearer to us than"],
  behind: ["behind", "farther back than", "farther from the camera than"],
};

export const TERSE_RELATIONS: Readonly<Record<Relation, string>> = {
  left: "left of",
  right: "right of",
  front: "in front of",
  behind: "behind",
};

/** Where the subject and where the object is, when each gets its side of the picture. */
export const SIDES: Readonly<Record<Relation, readonly [subject: string, object: string]>> = {
  left: ["on the left", "on the right"],
  right: ["on the right", "on the left"],
  front: ["in the foreground", "farther back"],
  behind: ["in the background", "farther forward"],
};

const NUMBERS = ["no", "one", "two", "three", "four", "five"];

export function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}
