import { writing } from "../writing";
import type { LabTexts } from "./en";

const { number, plural } = writing("de");

const captions = (count: number): string => `${number(count)} ${plural(count, { one: "Beschreibung", other: "Beschreibungen" })}`;
const pictures = (count: number): string => `${number(count)} ${plural(count, { one: "Bild", other: "Bilder" })}`;

export const lab: LabTexts = {
  title: "Das Labor",
  about:
    "LightningDOT, in diesem Tab gemessen: wie Beschreibungen und Bilder einander finden – durch ein einziges Skalarprodukt, durch einen Cross-Encoder über die besten wenigen und durch einen Cross-Encoder über alle.",
  drop: "Hier einen Datensatz, Vektoren oder eine Galerie ablegen, um sie zu messen",
  toPictures: "Text → Bild",
  toCaptions: "Bild → Text",
  asGiven: "wie vorgefunden",
  categories: {
    attribute: "Farbe, Material, Größe",
    relation: "wer wo steht",
    scene: "ganze Szene",
    count: "Anzahl",
    terse: "knapp",
    "minimal pair": "Minimalpaar",
  },

  setup: {
    label: "Was gemessen wird",
    nothing: "Nichts ist geöffnet",
    opening: "Wird geöffnet …",
    contents: (photos, texts) => `${pictures(photos)}, ${captions(texts)}`,
    language: "Sprache",
    first: "Neu ordnen: die ersten",
    on: "Anhand von",
    all: "allen",
    sample: (count) => `${number(count)} Beschreibungen und Bildern`,
    full: "Alles bewerten für",
    none: "keine Beschreibung",
    captions,
    seed: "Startwert",
    run: "Messen",
    stop: "Anhalten",
    own: "Eigenes messen",
    how: "Einen Ordner ablegen oder wählen: einen Datensatz in der Form von Karpathy (`dataset.json` mit seinen Fotos, die hier kodiert werden), fertige Vektoren (`images.npy` und `captions.npy`, float32, mit `captions.json`, `captions.txt` oder einer `dataset.json`) oder eine Galerie mit Beschreibungen. Alles bleibt in diesem Tab.",
    split: "Teil",
    chooseFolder: "Ordner wählen",
    chooseFiles: "Dateien wählen",
    folder: "Ordner, der gemessen wird",
    files: "Dateien, die gemessen werden",
  },

  doing: {
    stopped: "Angehalten: Was bis dahin gefunden war, bleibt unten stehen.",
    starting: "Beginnt …",
    finished: "Fertig.",
    idle: "Auf „Messen“ drücken: Die Zahlen erscheinen, sobald sie gefunden sind.",
    of: (done, total) => `${number(done)} von ${number(total)}`,
    rate: (rate) => `${rate} je Sekunde`,
    seconds: (count) => `noch ${number(count)} s`,
    minutes: (count) => `noch ${number(count)} min`,
    what: {
      photos: "Fotos werden kodiert",
      captions: "Beschreibungen werden kodiert",
      reading: "Die Vektoren werden gelesen",
      dot: "Skalarprodukt: Beschreibungen",
      timing: "Die Zeit von Anfragen wird gemessen",
      loading: "Die Zeit des Cross-Encoders wird gemessen",
      captionsAgain: "Neu ordnen: Beschreibungen",
      picturesAgain: "Neu ordnen: Bilder",
      full: "Volle Cross-Attention: Beschreibungen",
    },
  },

  panels: {
    label: "Trefferquote",
    many: "Wie viele neu geordnet werden",
    dot: "Skalarprodukt",
    dotAbout: "ein Vektor je Bild, einer je Beschreibung",
    oracle: (ar) => `Eine vollkommene Rangfolge erreicht ${ar}: Manche Beschreibungen passen zu mehreren Bildern.`,
    rerank: "Neu geordnet",
    rerankAbout: (first) => `die ersten ${number(first)} durch einen Cross-Encoder`,
    ofAll: "Über alle Beschreibungen und Bilder.",
    ofDrawn: (texts, photos, ar) => `Über ${captions(texts)} und ${pictures(photos)}, auf denen das Skalarprodukt eine AR von ${ar} hat.`,
    willDraw: (count) => `Über ${number(count)} Beschreibungen und Bilder, nach dem Startwert gezogen.`,
    full: "Volle Cross-Attention",
    fullAbout: "jedes Bild durch den Cross-Encoder",
    ofFull: (texts, r1, all) =>
      `Über ${captions(texts)}, auf denen das Skalarprodukt ein R@1 von ${r1} hat. In der Gegenrichtung wären es ${captions(all)} je Bild.`,
    notAsked: "Nicht verlangt.",
    willScore: (texts) => `Über ${captions(texts)}, nach dem Startwert gezogen: Das ist der langsame Weg.`,
  },

  saving: {
    title: "Was es spart",
    less: "weniger Zeit, als jedes Bild durch den Cross-Encoder zu bewerten",
    against: (query, encode, scan, photos, full) =>
      `${query} ms je Anfrage (${encode}, um sie zu kodieren, ${scan}, um ${pictures(photos)} zu durchsuchen) gegen ${full} ms.`,
    again: (first, ms, times) => [`Werden die ersten ${number(first)} neu geordnet, sind es ${ms} ms: `, times, " weniger."],
    query: "ms je Anfrage",
    scanned: (photos) => `Um ${pictures(photos)} zu durchsuchen; diese Vektoren kamen ohne ihren Encoder.`,
    spent: (encode, scan, photos) => `${encode}, um die Wörter zu kodieren, ${scan}, um ${pictures(photos)} zu durchsuchen.`,
    adds: (first, ms) => `Die ersten ${number(first)} neu zu ordnen, kostet ${ms} ms mehr.`,
    middle: (queries) => `Der mittlere Wert von ${captions(queries)} als Anfragen, in diesem Tab.`,
    middleOn: (queries, device) => `Der mittlere Wert von ${captions(queries)} als Anfragen, auf ${device}, in diesem Tab.`,
  },

  chart: {
    axis: "Millisekunden je Anfrage",
    key: "Punkt: nur das Skalarprodukt; dann die ersten M neu geordnet; alle: jedes Bild",
    dot: "Punkt",
    all: "alle",
    label: "Trefferquote über Millisekunden je Anfrage.",
    point: (name, ms, r1) => `${name}: ${ms} ms, R@1 ${r1}`,
  },

  hard: {
    title: "Was schwer ist",
    pairs: (whom) => ["Von zwei Bildern, die sich nur darin unterscheiden, ", whom, ", wird das richtige höher bewertet"],
    whoHasWhat: "wer was hat",
    byDot: "% durch das Skalarprodukt",
    again: "% neu geordnet",
    about: "Beschreibungen über",
    r1: "R@1, Text → Bild, durch das Skalarprodukt",
    first: (first) => `die ersten ${number(first)} neu geordnet`,
    drawn: (texts) => `Über ${captions(texts)}, nach dem Startwert gezogen.`,
  },

  cases: {
    title: "Sehen Sie selbst",
    label: "Was aus der Beschreibung wurde",
    outcomes: {
      missed: "Verfehlt",
      found: "Gefunden",
      repaired: "Durch Neuordnen berichtigt",
      spoilt: "Durch Neuordnen verdorben",
      missedBoth: "Beide Male verfehlt",
      foundBoth: "Beide Male gefunden",
    },
    about: "Beschreibungen über",
    anything: "alles",
    none: "Keine Beschreibung dieser Art.",
    previous: "Zurück",
    next: "Weiter",
    page: (from, to, total) => `${number(from)}–${number(to)} von ${number(total)}`,
    textless: "(eine Beschreibung ohne ihren Text)",
    own: "ihr eigenes",
    byDot: "erstes durch das Skalarprodukt",
    again: "erstes nach dem Neuordnen",
    right: "richtig",
    place: (place) => `ihr eigenes: Platz ${number(place)}`,
    fits: "passt auch",
  },

  languages: {
    title: "In anderen Sprachen",
    captions: "Beschreibungen auf",
    ar: "AR durch das Skalarprodukt",
    again: "neu geordnet",
    run: "Messen",
    runAgain: "Noch einmal messen",
    inLanguage: (language) => `auf ${language}`,
  },

  ablation: {
    title: "Was die Ziele des Vortrainings wert sind",
    with: "Vortrainiert mit",
    toPictures: "Text → Bild, R@1",
    toCaptions: "Bild → Text, R@1",
    difference: "AR gegen alle",
    note: (updates, pretraining, photos, seeds) =>
      `Je ${number(updates)} Schritte, davon ${number(pretraining)} Vortraining; ${number(photos)} Bilder von val; Mittel ± Standardabweichung von ${number(seeds)} ${plural(seeds, { one: "Startwert", other: "Startwerten" })}.`,
    cores: (cores) => `${number(cores)} ${plural(cores, { one: "Kern", other: "Kerne" })}`,
    committed: "Nicht in diesem Tab gemessen: Es sind die abgelegten Ergebnisse von `npm run ablation`.",
  },

  take: {
    title: "Zum Mitnehmen",
    slide: "SVG für eine Folie",
    link: "Diese Messung noch einmal",
    copied: "Kopiert",
    copy: "Link kopieren",
  },

  slide: {
    contents: (photos, texts) => `${pictures(photos)}, ${captions(texts)}`,
    drawn: (count, seed) => `neu geordnet: ${number(count)} Beschreibungen und Bilder, Startwert ${seed}`,
    foot: "Dotlight: LightningDOT (NAACL 2021), in einem Browser-Tab gemessen",
    dot: "Skalarprodukt",
    dotDrawn: "Skalarprodukt, gleiche Auswahl",
    first: (first) => `erste ${number(first)} neu geordnet`,
    full: "volle Cross-Attention",
    less: "weniger Zeit als volle Cross-Attention",
    query: "je Anfrage",
    axis: "ms je Anfrage",
    short: "T → B",
  },
};
