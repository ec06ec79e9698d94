import { writing } from "../writing";
import type { LabTexts } from "./en";

const { number, plural } = writing("cs");

const captions = (count: number): string =>
  `${number(count)} ${plural(count, { one: "popisek", few: "popisky", many: "popisku", other: "popisků" })}`;
const pictures = (count: number): string =>
  `${number(count)} ${plural(count, { one: "obrázek", few: "obrázky", many: "obrázku", other: "obrázků" })}`;
/** After prepositions that take the locative. */
const captionsLocative = (count: number): string => `${number(count)} ${plural(count, { one: "popisku", other: "popiscích" })}`;
const picturesLocative = (count: number): string => `${number(count)} ${plural(count, { one: "obrázku", other: "obrázcích" })}`;

export const lab: LabTexts = {
  title: "Laboratoř",
  about:
    "LightningDOT změřený v této kartě: jak se popisky a obrázky navzájem nacházejí jediným skalárním součinem, křížovým enkodérem nad několika nejlepšími a křížovým enkodérem nade všemi.",
  drop: "Přetáhněte sem datovou sadu, vektory nebo galerii, které chcete změřit",
  toPictures: "text → obrázek",
  toCaptions: "obrázek → text",
  asGiven: "jak jsou",
  categories: {
    attribute: "barva, materiál, velikost",
    relation: "kdo kde stojí",
    scene: "celá scéna",
    count: "počet",
    terse: "stručné",
    "minimal pair": "minimální pár",
  },

  setup: {
    label: "Co se měří",
    nothing: "Nic není otevřeno",
    opening: "Otevírá se …",
    contents: (photos, texts) => `${pictures(photos)}, ${captions(texts)}`,
    language: "Jazyk",
    first: "Přeřadit prvních",
    on: "Na",
    all: "všech",
    sample: (count) => `${number(count)} popiscích a obrázcích`,
    full: "Ohodnotit vše pro",
    none: "žádný popisek",
    captions,
    seed: "Semínko",
    run: "Měřit",
    stop: "Zastavit",
    own: "Změřit vlastní",
    how: "Přetáhněte nebo vyberte složku: datovou sadu v Karpathyho tvaru (`dataset.json` a jeho fotky, které se zakódují zde); nebo hotové vektory (`images.npy` a `captions.npy`, float32, s `captions.json`, `captions.txt` nebo `dataset.json`); nebo galerii s popisky. Vše zůstane v této kartě.",
    split: "Část",
    chooseFolder: "Vybrat složku",
    chooseFiles: "Vybrat soubory",
    folder: "Složka k měření",
    files: "Soubory k měření",
  },

  doing: {
    stopped: "Zastaveno: co bylo do té chvíle nalezeno, zůstává níže.",
    starting: "Začíná se …",
    finished: "Hotovo.",
    idle: "Stiskněte Měřit: čísla přibývají, jak se nacházejí.",
    of: (done, total) => `${number(done)} z ${number(total)}`,
    rate: (rate) => `${rate} za sekundu`,
    seconds: (count) => `ještě ${number(count)} s`,
    minutes: (count) => `ještě ${number(count)} min`,
    what: {
      photos: "Kódování fotek",
      captions: "Kódování popisků",
      reading: "Čtení vektorů",
      dot: "Skalární součin: popisky",
      timing: "Měření doby dotazů",
      loading: "Měření doby křížového enkodéru",
      captionsAgain: "Přeřazení: popisky",
      picturesAgain: "Přeřazení: obrázky",
      full: "Plná křížová pozornost: popisky",
    },
  },

  panels: {
    label: "Úplnost",
    many: "Kolik se jich přeřadí",
    dot: "Skalární součin",
    dotAbout: "jeden vektor na obrázek, jeden na popisek",
    oracle: (ar) => `Dokonalé pořadí dosáhne ${ar}: některé popisky sedí na více obrázků.`,
    rerank: "Přeřazeno",
    rerankAbout: (first) => `prvních ${number(first)} křížovým enkodérem`,
    ofAll: "Na všech popiscích a obrázcích.",
    ofDrawn: (texts, photos, ar) => `Na ${captionsLocative(texts)} a ${picturesLocative(photos)}, na kterých má skalární součin AR ${ar}.`,
    willDraw: (count) => `Na ${number(count)} popiscích a obrázcích vylosovaných semínkem.`,
    full: "Plná křížová pozornost",
    fullAbout: "každý obrázek křížovým enkodérem",
    ofFull: (texts, r1, all) =>
      `Na ${captionsLocative(texts)}, na kterých má skalární součin R@1 ${r1}. Opačným směrem by na každý obrázek připadlo ${captions(all)}.`,
    notAsked: "Nebylo požadováno.",
    willScore: (texts) => `Na ${captionsLocative(texts)} podle losu semínka: to je pomalá cesta.`,
  },

  saving: {
    title: "Co se ušetří",
    less: "méně času, než když každý obrázek hodnotí křížový enkodér",
    against: (query, encode, scan, photos, full) =>
      `${query} ms na dotaz (${encode} zakódování, ${scan} průchod: ${pictures(photos)}) proti ${full} ms.`,
    again: (first, ms, times) => [`S přeřazením prvních ${number(first)} je to ${ms} ms: `, times, " méně."],
    query: "ms na dotaz",
    scanned: (photos) => `Průchod: ${pictures(photos)}; tyto vektory přišly bez svého enkodéru.`,
    spent: (encode, scan, photos) => `${encode} zakódování slov, ${scan} průchod: ${pictures(photos)}.`,
    adds: (first, ms) => `Přeřazení prvních ${number(first)} přidá ${ms} ms.`,
    middle: (queries) => `Medián; jako dotazy sloužilo: ${captions(queries)}, v této kartě.`,
    middleOn: (queries, device) => `Medián; jako dotazy sloužilo: ${captions(queries)}, na ${device}, v této kartě.`,
  },

  chart: {
    axis: "milisekundy na dotaz",
    key: "sk. s.: jen skalární součin; dále prvních M přeřazených; vše: každý obrázek",
    dot: "sk. s.",
    all: "vše",
    label: "Úplnost podle milisekund na dotaz.",
    point: (name, ms, r1) => `${name}: ${ms} ms, R@1 ${r1}`,
  },

  hard: {
    title: "Co je těžké",
    pairs: (whom) => ["Ze dvou obrázků, které se liší jen tím, ", whom, ", dostane vyšší skóre ten správný"],
    whoHasWhat: "kdo co má",
    byDot: "% skalárním součinem",
    again: "% po přeřazení",
    about: "Popisky",
    r1: "R@1, text → obrázek, skalárním součinem",
    first: (first) => `prvních ${number(first)} přeřazeno`,
    drawn: (texts) => `Vylosováno semínkem: ${captions(texts)}.`,
  },

  cases: {
    title: "Podívejte se na ně",
    label: "Co se s popiskem stalo",
    outcomes: {
      missed: "Minuté",
      found: "Nalezené",
      repaired: "Napravené přeřazením",
      spoilt: "Pokažené přeřazením",
      missedBoth: "Minuté oběma",
      foundBoth: "Nalezené oběma",
    },
    about: "Popisky",
    anything: "všechny",
    none: "Žádný takový popisek.",
    previous: "Předchozí",
    next: "Další",
    page: (from, to, total) => `${number(from)}–${number(to)} z ${number(total)}`,
    textless: "(popisek bez textu)",
    own: "jeho vlastní",
    byDot: "první skalárním součinem",
    again: "první po přeřazení",
    right: "správně",
    place: (place) => `jeho vlastní: ${number(place)}. místo`,
    fits: "sedí také",
  },

  languages: {
    title: "V jiných jazycích",
    captions: "Jazyk popisků",
    ar: "AR skalárním součinem",
    again: "po přeřazení",
    run: "Měřit",
    runAgain: "Měřit znovu",
    inLanguage: (language) => `– ${language}`,
  },

  ablation: {
    title: "Co přinášejí jednotlivé cíle předtrénování",
    with: "Předtrénováno s",
    toPictures: "text → obrázek, R@1",
    toCaptions: "obrázek → text, R@1",
    difference: "AR proti všem",
    note: (updates, pretraining, photos, seeds) =>
      `Kroků na model: ${number(updates)}, z toho předtrénování: ${number(pretraining)}; obrázků z val: ${number(photos)}; průměr ± směrodatná odchylka, počet semínek: ${number(seeds)}.`,
    cores: (cores) => `${number(cores)} ${plural(cores, { one: "jádro", few: "jádra", many: "jádra", other: "jader" })}`,
    committed: "Neměřeno v této kartě: jsou to uložené výsledky příkazu `npm run ablation`.",
  },

  take: {
    title: "Vezměte si je s sebou",
    slide: "SVG na snímek",
    link: "Toto měření znovu",
    copied: "Zkopírováno",
    copy: "Zkopírovat odkaz",
  },

  slide: {
    contents: (photos, texts) => `${pictures(photos)}, ${captions(texts)}`,
    drawn: (count, seed) => `přeřazeno: popisků a obrázků po ${number(count)}, semínko ${seed}`,
    foot: "Dotlight: LightningDOT (NAACL 2021), změřeno v kartě prohlížeče",
    dot: "skalární součin",
    dotDrawn: "součin, stejný výběr",
    first: (first) => `prvních ${number(first)} přeřazeno`,
    full: "plná křížová pozornost",
    less: "méně času než plná křížová pozornost",
    query: "na dotaz",
    axis: "ms na dotaz",
    short: "t → o",
  },
};
