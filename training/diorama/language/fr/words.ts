import type { Relation } from "../../relations.ts";
import type { ColourName } from "../../world/colours.ts";
import type { KindName } from "../../world/kinds/index.ts";
import type { MaterialName } from "../../world/materials.ts";
import type { PlaceName, Time } from "../../world/places/index.ts";
import type { Weather } from "../../world/weather.ts";
import type { Choices } from "../style.ts";

export interface Noun {
  gender: "m" | "f";
  one: string;
  many: string;
}

/** The plural adds an s to the first word unless it is given. */
function noun(gender: Noun["gender"], one: string, many = one.replace(/^[^ ]+/, "$&s")): Noun {
  return { gender, one, many };
}

export const NOUNS: Readonly<Record<KindName, Choices<Noun>>> = {
  car: [noun("f", "voiture"), noun("f", "auto")],
  dog: [noun("m", "chien")],
  house: [noun("f", "maison"), noun("f", "maisonnette")],
  boat: [noun("m", "bateau", "bateaux"), noun("m", "voilier")],
  tree: [noun("m", "arbre")],
  horse: [noun("m", "cheval", "chevaux"), noun("m", "poney")],
  ball: [noun("m", "ballon"), noun("f", "balle")],
  bench: [noun("m", "banc")],
  bicycle: [noun("m", "vélo"), noun("f", "bicyclette")],
  bird: [noun("m", "oiseau", "oiseaux")],
  mushroom: [noun("m", "champignon")],
  lamp: [noun("m", "lampadaire"), noun("m", "réverbère")],
  aeroplane: [noun("m", "avion")],
  apple: [noun("f", "pomme")],
  balloon: [noun("f", "montgolfière")],
  bed: [noun("m", "lit")],
  bus: [noun("m", "bus", "bus"), noun("m", "autobus", "autobus")],
  cactus: [noun("m", "cactus", "cactus")],
  cake: [noun("m", "gâteau", "gâteaux")],
  castle: [noun("m", "château", "châteaux"), noun("m", "château fort", "châteaux forts")],
  cat: [noun("m", "chat"), noun("m", "chaton")],
  chair: [noun("f", "chaise")],
  cloud: [noun("m", "nuage"), noun("m", "nuage de pluie")],
  cow: [noun("f", "vache")],
  cup: [noun("f", "tasse")],
  drum: [noun("m", "tambour")],
  duck: [noun("m", "canard")],
  elephant: [noun("m", "éléphant")],
  flower: [noun("f", "fleur")],
  icecream: [noun("f", "glace"), noun("m", "cornet de glace")],
  kite: [noun("m", "cerf-volant", "cerfs-volants")],
  lighthouse: [noun("m", "phare")],
  lorry: [noun("m", "camion")],
  penguin: [noun("m", "pingouin"), noun("m", "manchot")],
  person: [noun("f", "personne"), noun("f", "figurine")],
  present: [noun("m", "cadeau", "cadeaux")],
  rabbit: [noun("m", "lapin")],
  robot: [noun("m", "robot")],
  rocket: [noun("f", "fusée")],
  sheep: [noun("m", "mouton")],
  snowman: [noun("m", "bonhomme de neige", "bonshommes de neige")],
  sofa: [noun("m", "canapé"), noun("m", "sofa")],
  table: [noun("f", "table")],
  tent: [noun("f", "tente")],
  tractor: [noun("m", "tracteur")],
  train: [noun("f", "locomotive"), noun("m", "train")],
  turtle: [noun("f", "tortue")],
  umbrella: [noun("m", "parasol"), noun("m", "parapluie")],
  windmill: [noun("m", "moulin à vent"), noun("m", "moulin")],
};

/** Masculine and feminine, singular and plural. */
export type Forms = readonly [m: string, f: string, ms: string, fs: string];
const regular = (m: string, f = `${m}e`): Forms => [m, f, `${m}s`, `${f}s`];
const same = (form: string): Forms => [form, form, form, form];

export const COLOURS: Readonly<Record<ColourName, Choices<Forms>>> = {
  red: [regular("rouge", "rouge")],
  orange: [same("orange")],
  yellow: [regular("jaune", "jaune")],
  green: [regular("vert")],
  blue: [regular("bleu")],
  purple: [regular("violet", "violette")],
  white: [regular("blanc", "blanche")],
  black: [regular("noir")],
  pink: [regular("rose", "rose")],
  brown: [same("marron"), regular("brun")],
  grey: [["gris", "grise", "gris", "grises"]],
  turquoise: [same("turquoise")],
};

/** They stand before the noun. */
export const SIZES: Readonly<Record<"small" | "large", Choices<Forms>>> = { small: [regular("petit")], large: [regular("grand")] };

export const MATERIALS: Readonly<Record<MaterialName, Choices>> = {
  plastic: ["en plastique"],
  metal: ["en métal", "métallique"],
  wood: ["en bois"],
  glass: ["en verre"],
};

export const PLACES: Readonly<Record<PlaceName, Choices>> = {
  beach: ["sur la plage", "à la plage", "sur le sable", "au bord de la mer"],
  forest: ["dans la forêt", "en forêt", "dans les bois"],
  snow: ["dans la neige", "sur la neige", "dans un paysage enneigé"],
  harbour: ["au port", "dans le port", "sur le quai"],
  city: ["en ville", "dans la rue", "dans une rue de la ville"],
  desert: ["dans le désert", "au milieu des dunes"],
  kitchen: ["dans la cuisine", "dans une cuisine"],
  livingroom: ["dans le salon", "dans un salon"],
  meadow: ["dans le pré", "dans une prairie", "sur l'herbe"],
  mountain: ["à la montagne", "dans les montagnes"],
};

export const PLACE_NOUNS: Readonly<Record<PlaceName, string>> = {
  beach: "plage",
  forest: "forêt",
  snow: "neige",
  harbour: "port",
  city: "ville",
  desert: "désert",
  kitchen: "cuisine",
  livingroom: "salon",
  meadow: "prairie",
  mountain: "montagne",
};

export const TIMES: Readonly<Record<Time, Choices>> = {
  day: ["de jour", "en plein jour", "pendant la journée"],
  evening: ["le soir", "au coucher du soleil", "au crépuscule"],
  night: ["la nuit", "de nuit", "au clair de lune"],
};

export const TIME_NOUNS: Readonly<Record<Time, string>> = { day: "jour", evening: "soir", night: "nuit" };

export const WEATHERS: Readonly<Record<Weather, Choices>> = {
  clear: ["sous un ciel clair"],
  rain: ["sous la pluie", "par temps de pluie"],
  fog: ["dans le brouillard", "dans la brume"],
  snowfall: ["sous les flocons", "pendant qu'il neige"],
};

export const WEATHER_NOUNS: Readonly<Record<Weather, string>> = {
  clear: "ciel clair",
  rain: "pluie",
  fog: "brouillard",
  snowfall: "chute de neige",
};

/** With "de" after it where `de` is true; it elides before a vowel. */
export const RELATIONS: Readonly<Record<Relation, Choices<{ text: string; de: boolean }>>> = {
  left: [
    { text: "à gauche", de: true },
    { text: "sur la gauche", de: true },
  ],
  right: [
    { text: "à droite", de: true },
    { text: "sur la droite", de: true },
  ],
  front: [{ text: "devant", de: false }],
  behind: [{ text: "derrière", de: false }],
};

export const NUMBERS = ["zéro", "un", "deux", "trois", "quatre", "cinq"] as const;
