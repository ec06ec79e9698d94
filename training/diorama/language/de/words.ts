import type { Relation } from "../../relations.ts";
import type { ColourName } from "../../world/colours.ts";
import type { KindName } from "../../world/kinds/index.ts";
import type { MaterialName } from "../../world/materials.ts";
import type { PlaceName, Time } from "../../world/places/index.ts";
import type { Weather } from "../../world/weather.ts";
import type { Choices } from "../style.ts";

export type Gender = "m" | "f" | "n";

/** Nominative singular and plural; `dative` where the plural's dative is not the plural with an n. */
export interface Noun {
  gender: Gender;
  one: string;
  many: string;
  dative: string;
}

function noun(gender: Gender, one: string, many: string): Noun {
  return { gender, one, many, dative: /[ns]$/.test(many) ? many : `${many}n` };
}

export const NOUNS: Readonly<Record<KindName, Choices<Noun>>> = {
  car: [noun("n", "Auto", "Autos"), noun("n", "Spielzeugauto", "Spielzeugautos")],
  dog: [noun("m", "Hund", "Hunde")],
  house: [noun("n", "Haus", "Häuser"), noun("n", "Häuschen", "Häuschen")],
  boat: [noun("n", "Boot", "Boote"), noun("n", "Segelboot", "Segelboote")],
  tree: [noun("m", "Baum", "Bäume")],
  horse: [noun("n", "Pferd", "Pferde"), noun("n", "Pony", "Ponys")],
  ball: [noun("m", "Ball", "Bälle")],
  bench: [noun("f", "Bank", "Bänke"), noun("f", "Parkbank", "Parkbänke")],
  bicycle: [noun("n", "Fahrrad", "Fahrräder"), noun("n", "Rad", "Räder")],
  bird: [noun("m", "Vogel", "Vögel")],
  mushroom: [noun("m", "Pilz", "Pilze")],
  lamp: [noun("f", "Laterne", "Laternen"), noun("f", "Straßenlaterne", "Straßenlaternen")],
  aeroplane: [noun("n", "Flugzeug", "Flugzeuge")],
  apple: [noun("m", "Apfel", "Äpfel")],
  balloon: [noun("m", "Heißluftballon", "Heißluftballons"), noun("m", "Ballon", "Ballons")],
  bed: [noun("n", "Bett", "Betten")],
  bus: [noun("m", "Bus", "Busse")],
  cactus: [noun("m", "Kaktus", "Kakteen")],
  cake: [noun("f", "Torte", "Torten"), noun("m", "Kuchen", "Kuchen")],
  castle: [noun("f", "Burg", "Burgen"), noun("n", "Schloss", "Schlösser")],
  cat: [noun("f", "Katze", "Katzen")],
  chair: [noun("m", "Stuhl", "Stühle")],
  cloud: [noun("f", "Regenwolke", "Regenwolken"), noun("f", "Wolke", "Wolken")],
  cow: [noun("f", "Kuh", "Kühe")],
  cup: [noun("f", "Tasse", "Tassen")],
  drum: [noun("f", "Trommel", "Trommeln")],
  duck: [noun("f", "Ente", "Enten")],
  elephant: [noun("m", "Elefant", "Elefanten")],
  flower: [noun("f", "Blume", "Blumen")],
  icecream: [noun("f", "Eistüte", "Eistüten")],
  kite: [noun("m", "Drachen", "Drachen")],
  lighthouse: [noun("m", "Leuchtturm", "Leuchttürme")],
  lorry: [noun("m", "Lastwagen", "Lastwagen"), noun("m", "Laster", "Laster")],
  penguin: [noun("m", "Pinguin", "Pinguine")],
  person: [noun("f", "Person", "Personen"), noun("f", "Figur", "Figuren")],
  present: [noun("n", "Geschenk", "Geschenke")],
  rabbit: [noun("n", "Kaninchen", "Kaninchen")],
  robot: [noun("m", "Roboter", "Roboter")],
  rocket: [noun("f", "Rakete", "Raketen")],
  sheep: [noun("n", "Schaf", "Schafe")],
  snowman: [noun("m", "Schneemann", "Schneemänner")],
  sofa: [noun("n", "Sofa", "Sofas")],
  table: [noun("m", "Tisch", "Tische")],
  tent: [noun("n", "Zelt", "Zelte")],
  tractor: [noun("m", "Traktor", "Traktoren")],
  train: [noun("f", "Lokomotive", "Lokomotiven"), noun("f", "Dampflok", "Dampfloks")],
  turtle: [noun("f", "Schildkröte", "Schildkröten")],
  umbrella: [noun("m", "Schirm", "Schirme"), noun("m", "Regenschirm", "Regenschirme")],
  windmill: [noun("f", "Windmühle", "Windmühlen")],
};

/** Stems that take an ending. */
export const COLOUR_STEMS: Readonly<Record<ColourName, Choices>> = {
  red: ["rot", "knallrot"],
  orange: ["orangefarben"],
  yellow: ["gelb", "knallgelb"],
  green: ["grün"],
  blue: ["blau"],
  purple: ["violett", "lilafarben"],
  white: ["weiß"],
  black: ["schwarz"],
  pink: ["rosafarben", "pinkfarben"],
  brown: ["braun"],
  grey: ["grau"],
  turquoise: ["türkisfarben"],
};

export const SIZE_STEMS: Readonly<Record<"small" | "large", Choices>> = { small: ["klein", "winzig"], large: ["groß", "riesig"] };

export const MATERIALS: Readonly<Record<MaterialName, string>> = {
  plastic: "aus Plastik",
  metal: "aus Metall",
  wood: "aus Holz",
  glass: "aus Glas",
};

export const PLACES: Readonly<Record<PlaceName, Choices>> = {
  beach: ["am Strand", "am Meer", "auf dem Sand"],
  forest: ["im Wald", "in einem Wald"],
  snow: ["im Schnee", "in einer Schneelandschaft"],
  harbour: ["am Hafen", "im Hafen", "am Kai"],
  city: ["in der Stadt", "auf der Straße", "in einer Straße"],
  desert: ["in der Wüste", "zwischen Dünen"],
  kitchen: ["in der Küche", "in einer Küche"],
  livingroom: ["im Wohnzimmer", "in einem Wohnzimmer"],
  meadow: ["auf der Wiese", "auf einer Wiese"],
  mountain: ["in den Bergen", "im Gebirge"],
};

export const PLACE_NOUNS: Readonly<Record<PlaceName, string>> = {
  beach: "Strand",
  forest: "Wald",
  snow: "Schnee",
  harbour: "Hafen",
  city: "Stadt",
  desert: "Wüste",
  kitchen: "Küche",
  livingroom: "Wohnzimmer",
  meadow: "Wiese",
  mountain: "Berge",
};

export const TIMES: Readonly<Record<Time, Choices>> = {
  day: ["am Tag", "bei Tag", "bei Tageslicht"],
  evening: ["am Abend", "bei Sonnenuntergang", "in der Abenddämmerung"],
  night: ["in der Nacht", "bei Nacht", "im Mondlicht"],
};

export const TIME_NOUNS: Readonly<Record<Time, string>> = { day: "Tag", evening: "Abend", night: "Nacht" };

export const WEATHERS: Readonly<Record<Weather, Choices>> = {
  clear: ["bei klarem Himmel"],
  rain: ["im Regen", "bei Regen", "bei Regenwetter"],
  fog: ["im Nebel", "bei Nebel", "bei dichtem Nebel"],
  snowfall: ["bei Schneefall", "im Schneetreiben"],
};

export const WEATHER_NOUNS: Readonly<Record<Weather, string>> = {
  clear: "klarer Himmel",
  rain: "Regen",
  fog: "Nebel",
  snowfall: "Schneefall",
};

/** Each with the dative. */
export const RELATIONS: Readonly<Record<Relation, Choices>> = {
  left: ["links von", "links neben"],
  right: ["rechts von", "rechts neben"],
  front: ["vor"],
  behind: ["hinter"],
};

export const NUMBERS = ["null", "ein", "zwei", "drei", "vier", "fünf"] as const;
