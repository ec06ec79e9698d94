import type { Relation } from "../../relations.ts";
import type { ColourName } from "../../world/colours.ts";
import type { KindName } from "../../world/kinds/index.ts";
import type { MaterialName } from "../../world/materials.ts";
import type { PlaceName, Time } from "../../world/places/index.ts";
import type { Weather } from "../../world/weather.ts";
import type { Choices } from "../style.ts";

/** Masculine animate, masculine inanimate, feminine, neuter. */
export type Gender = "ma" | "mi" | "f" | "n";
export type Case = "nominative" | "genitive" | "instrumental";

export interface Noun {
  gender: Gender;
  one: Readonly<Record<Case, string>>;
  many: Readonly<Record<Case, string>>;
}

/** Singular then plural, each: nominative, genitive, instrumental. */
function noun(gender: Gender, forms: string): Noun {
  const [one, ofOne, withOne, many, ofMany, withMany] = forms.split(" ") as [string, string, string, string, string, string];
  return {
    gender,
    one: { nominative: one, genitive: ofOne, instrumental: withOne },
    many: { nominative: many, genitive: ofMany, instrumental: withMany },
  };
}

export const NOUNS: Readonly<Record<KindName, Choices<Noun>>> = {
  car: [noun("n", "auto auta autem auta aut auty"), noun("n", "autíčko autíčka autíčkem autíčka autíček autíčky")],
  dog: [noun("ma", "pes psa psem psi psů psy")],
  house: [noun("mi", "dům domu domem domy domů domy"), noun("mi", "domek domku domkem domky domků domky")],
  boat: [
    noun("f", "loď lodi lodí lodě lodí loděmi"),
    noun("f", "plachetnice plachetnice plachetnicí plachetnice plachetnic plachetnicemi"),
  ],
  tree: [noun("mi", "strom stromu stromem stromy stromů stromy")],
  horse: [noun("ma", "kůň koně koněm koně koní koňmi")],
  ball: [noun("mi", "míč míče míčem míče míčů míči")],
  bench: [noun("f", "lavička lavičky lavičkou lavičky laviček lavičkami")],
  bicycle: [noun("n", "kolo kola kolem kola kol koly"), noun("mi", "bicykl bicyklu bicyklem bicykly bicyklů bicykly")],
  bird: [noun("ma", "pták ptáka ptákem ptáci ptáků ptáky")],
  mushroom: [noun("f", "houba houby houbou houby hub houbami")],
  lamp: [noun("f", "lampa lampy lampou lampy lamp lampami")],
  aeroplane: [noun("n", "letadlo letadla letadlem letadla letadel letadly")],
  apple: [noun("n", "jablko jablka jablkem jablka jablek jablky")],
  balloon: [noun("mi", "balon balonu balonem balony balonů balony")],
  bed: [noun("f", "postel postele postelí postele postelí postelemi")],
  bus: [noun("mi", "autobus autobusu autobusem autobusy autobusů autobusy")],
  cactus: [noun("mi", "kaktus kaktusu kaktusem kaktusy kaktusů kaktusy")],
  cake: [noun("mi", "dort dortu dortem dorty dortů dorty")],
  castle: [noun("mi", "hrad hradu hradem hrady hradů hrady")],
  cat: [noun("f", "kočka kočky kočkou kočky koček kočkami")],
  chair: [noun("f", "židle židle židlí židle židlí židlemi")],
  cloud: [noun("mi", "mrak mraku mrakem mraky mraků mraky")],
  cow: [noun("f", "kráva krávy krávou krávy krav krávami")],
  cup: [noun("mi", "hrnek hrnku hrnkem hrnky hrnků hrnky"), noun("mi", "šálek šálku šálkem šálky šálků šálky")],
  drum: [noun("mi", "buben bubnu bubnem bubny bubnů bubny")],
  duck: [noun("f", "kachna kachny kachnou kachny kachen kachnami")],
  elephant: [noun("ma", "slon slona slonem sloni slonů slony")],
  flower: [noun("f", "květina květiny květinou květiny květin květinami")],
  icecream: [noun("f", "zmrzlina zmrzliny zmrzlinou zmrzliny zmrzlin zmrzlinami")],
  kite: [noun("ma", "drak draka drakem draci draků draky")],
  lighthouse: [noun("mi", "maják majáku majákem majáky majáků majáky")],
  lorry: [noun("mi", "náklaďák náklaďáku náklaďákem náklaďáky náklaďáků náklaďáky")],
  penguin: [noun("ma", "tučňák tučňáka tučňákem tučňáci tučňáků tučňáky")],
  person: [noun("f", "postava postavy postavou postavy postav postavami"), noun("f", "osoba osoby osobou osoby osob osobami")],
  present: [noun("mi", "dárek dárku dárkem dárky dárků dárky")],
  rabbit: [noun("ma", "králík králíka králíkem králíci králíků králíky")],
  robot: [noun("ma", "robot robota robotem roboti robotů roboty")],
  rocket: [noun("f", "raketa rakety raketou rakety raket raketami")],
  sheep: [noun("f", "ovce ovce ovcí ovce ovcí ovcemi")],
  snowman: [noun("ma", "sněhulák sněhuláka sněhulákem sněhuláci sněhuláků sněhuláky")],
  sofa: [noun("f", "pohovka pohovky pohovkou pohovky pohovek pohovkami")],
  table: [noun("mi", "stůl stolu stolem stoly stolů stoly")],
  tent: [noun("mi", "stan stanu stanem stany stanů stany")],
  tractor: [noun("mi", "traktor traktoru traktorem traktory traktorů traktory")],
  train: [
    noun("f", "lokomotiva lokomotivy lokomotivou lokomotivy lokomotiv lokomotivami"),
    noun("mi", "vlak vlaku vlakem vlaky vlaků vlaky"),
  ],
  turtle: [noun("f", "želva želvy želvou želvy želv želvami")],
  umbrella: [
    noun("mi", "deštník deštníku deštníkem deštníky deštníků deštníky"),
    noun("mi", "slunečník slunečníku slunečníkem slunečníky slunečníků slunečníky"),
  ],
  windmill: [noun("mi", "mlýn mlýna mlýnem mlýny mlýnů mlýny")],
};

/** A hard adjective: its stem, and the ending's softened form for several living masculines ("červení", "modří"). */
export interface Adjective {
  stem: string;
  living: string;
}
const hard = (masculine: string, living: string): Adjective => ({ stem: masculine.slice(0, -1), living });

export const COLOURS: Readonly<Record<ColourName, Choices<Adjective>>> = {
  red: [hard("červený", "červení")],
  orange: [hard("oranžový", "oranžoví")],
  yellow: [hard("žlutý", "žlutí")],
  green: [hard("zelený", "zelení")],
  blue: [hard("modrý", "modří")],
  purple: [hard("fialový", "fialoví")],
  white: [hard("bílý", "bílí")],
  black: [hard("černý", "černí")],
  pink: [hard("růžový", "růžoví")],
  brown: [hard("hnědý", "hnědí")],
  grey: [hard("šedý", "šedí")],
  turquoise: [hard("tyrkysový", "tyrkysoví")],
};

export const SIZES: Readonly<Record<"small" | "large", Choices<Adjective>>> = {
  small: [hard("malý", "malí"), hard("maličký", "maličcí")],
  large: [hard("velký", "velcí"), hard("obrovský", "obrovští")],
};

export const MATERIALS: Readonly<Record<MaterialName, Choices<Adjective>>> = {
  plastic: [hard("plastový", "plastoví")],
  metal: [hard("kovový", "kovoví")],
  wood: [hard("dřevěný", "dřevění")],
  glass: [hard("skleněný", "sklenění")],
};

export const PLACES: Readonly<Record<PlaceName, Choices>> = {
  beach: ["na pláži", "u moře", "na písku"],
  forest: ["v lese"],
  snow: ["ve sněhu", "na sněhu", "v zasněžené krajině"],
  harbour: ["v přístavu", "na nábřeží"],
  city: ["ve městě", "na ulici", "v ulici"],
  desert: ["v poušti", "na poušti", "mezi dunami"],
  kitchen: ["v kuchyni"],
  livingroom: ["v obývacím pokoji", "v obýváku"],
  meadow: ["na louce", "na trávě"],
  mountain: ["v horách", "na horách"],
};

export const PLACE_NOUNS: Readonly<Record<PlaceName, string>> = {
  beach: "pláž",
  forest: "les",
  snow: "sníh",
  harbour: "přístav",
  city: "město",
  desert: "poušť",
  kitchen: "kuchyň",
  livingroom: "obývací pokoj",
  meadow: "louka",
  mountain: "hory",
};

export const TIMES: Readonly<Record<Time, Choices>> = {
  day: ["ve dne", "za denního světla", "přes den"],
  evening: ["večer", "při západu slunce", "za soumraku"],
  night: ["v noci", "za měsíčního svitu"],
};

export const TIME_NOUNS: Readonly<Record<Time, string>> = { day: "den", evening: "večer", night: "noc" };

export const WEATHERS: Readonly<Record<Weather, Choices>> = {
  clear: ["za jasné oblohy"],
  rain: ["v dešti", "za deště"],
  fog: ["v mlze", "v husté mlze"],
  snowfall: ["za sněžení", "při sněžení"],
};

export const WEATHER_NOUNS: Readonly<Record<Weather, string>> = { clear: "jasno", rain: "déšť", fog: "mlha", snowfall: "sněžení" };

export const RELATIONS: Readonly<Record<Relation, Choices<{ text: string; case: Case }>>> = {
  left: [
    { text: "vlevo od", case: "genitive" },
    { text: "nalevo od", case: "genitive" },
  ],
  right: [
    { text: "vpravo od", case: "genitive" },
    { text: "napravo od", case: "genitive" },
  ],
  front: [{ text: "před", case: "instrumental" }],
  behind: [{ text: "za", case: "instrumental" }],
};

/** One and two by gender, in each case; from three on one form a case. */
export const ONE: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { ma: "jeden", mi: "jeden", f: "jedna", n: "jedno" },
  genitive: { ma: "jednoho", mi: "jednoho", f: "jedné", n: "jednoho" },
  instrumental: { ma: "jedním", mi: "jedním", f: "jednou", n: "jedním" },
};
export const TWO: Readonly<Record<Case, Readonly<Record<Gender, string>>>> = {
  nominative: { ma: "dva", mi: "dva", f: "dvě", n: "dvě" },
  genitive: { ma: "dvou", mi: "dvou", f: "dvou", n: "dvou" },
  instrumental: { ma: "dvěma", mi: "dvěma", f: "dvěma", n: "dvěma" },
};
export const MORE: Readonly<Record<number, Readonly<Record<Case, string>>>> = {
  3: { nominative: "tři", genitive: "tří", instrumental: "třemi" },
  4: { nominative: "čtyři", genitive: "čtyř", instrumental: "čtyřmi" },
  5: { nominative: "pět", genitive: "pěti", instrumental: "pěti" },
};
