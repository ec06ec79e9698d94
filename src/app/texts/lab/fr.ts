import { writing } from "../writing";
import type { LabTexts } from "./en";

const { number, plural } = writing("fr");

const captions = (count: number): string => `${number(count)} ${plural(count, { one: "légende", other: "légendes" })}`;
const pictures = (count: number): string => `${number(count)} ${plural(count, { one: "image", other: "images" })}`;

export const lab: LabTexts = {
  title: "Le labo",
  about:
    "LightningDOT, mesuré dans cet onglet : comment légendes et images se retrouvent par un seul produit scalaire, par un encodeur croisé sur les quelques meilleures, et par un encodeur croisé sur toutes.",
  drop: "Déposez ici un jeu de données, des vecteurs ou une galerie pour les mesurer",
  toPictures: "texte → image",
  toCaptions: "image → texte",
  asGiven: "telle quelle",
  categories: {
    attribute: "couleur, matière, taille",
    relation: "qui se trouve où",
    scene: "scène entière",
    count: "nombre",
    terse: "laconique",
    "minimal pair": "paire minimale",
  },

  setup: {
    label: "Ce qui est mesuré",
    nothing: "Rien n'est ouvert",
    opening: "Ouverture …",
    contents: (photos, texts) => `${pictures(photos)}, ${captions(texts)}`,
    language: "Langue",
    first: "Reclasser les premières",
    on: "Sur",
    all: "toutes",
    sample: (count) => `${number(count)} légendes et images`,
    full: "Tout évaluer pour",
    none: "aucune légende",
    captions,
    seed: "Graine",
    run: "Mesurer",
    stop: "Arrêter",
    own: "Mesurer les vôtres",
    how: "Déposez ou choisissez un dossier : un jeu de données au format de Karpathy (`dataset.json` et ses photos, encodées ici) ; ou des vecteurs tout prêts (`images.npy` et `captions.npy`, float32, avec `captions.json`, `captions.txt` ou un `dataset.json`) ; ou une galerie avec des légendes. Tout reste dans cet onglet.",
    split: "Partie",
    chooseFolder: "Choisir un dossier",
    chooseFiles: "Choisir des fichiers",
    folder: "Dossier à mesurer",
    files: "Fichiers à mesurer",
  },

  doing: {
    stopped: "Arrêté : ce qui avait été trouvé reste affiché ci-dessous.",
    starting: "Démarrage …",
    finished: "Terminé.",
    idle: "Appuyez sur « Mesurer » : les chiffres s'inscrivent à mesure qu'ils sont trouvés.",
    of: (done, total) => `${number(done)} sur ${number(total)}`,
    rate: (rate) => `${rate} par seconde`,
    seconds: (count) => `encore ${number(count)} s`,
    minutes: (count) => `encore ${number(count)} min`,
    what: {
      photos: "Encodage des photos",
      captions: "Encodage des légendes",
      reading: "Lecture des vecteurs",
      dot: "Produit scalaire : légendes",
      timing: "Chronométrage des requêtes",
      loading: "Chronométrage de l'encodeur croisé",
      captionsAgain: "Reclassement : légendes",
      picturesAgain: "Reclassement : images",
      full: "Attention croisée complète : légendes",
    },
  },

  panels: {
    label: "Rappel",
    many: "Combien sont reclassées",
    dot: "Produit scalaire",
    dotAbout: "un vecteur par image, un par légende",
    oracle: (ar) => `Un classement parfait atteint ${ar} : certaines légendes conviennent à plusieurs images.`,
    rerank: "Reclassées",
    rerankAbout: (first) => `les ${number(first)} premières par un encodeur croisé`,
    ofAll: "Sur toutes les légendes et images.",
    ofDrawn: (texts, photos, ar) => `Sur ${captions(texts)} et ${pictures(photos)}, où le produit scalaire a un AR de ${ar}.`,
    willDraw: (count) => `Sur ${number(count)} légendes et images, tirées au sort par la graine.`,
    full: "Attention croisée complète",
    fullAbout: "chaque image par l'encodeur croisé",
    ofFull: (texts, r1, all) =>
      `Sur ${captions(texts)}, où le produit scalaire a un R@1 de ${r1}. Dans l'autre sens, il faudrait évaluer ${captions(all)} par image.`,
    notAsked: "Pas demandé.",
    willScore: (texts) => `Sur ${captions(texts)}, tirées au sort par la graine : c'est la voie lente.`,
  },

  saving: {
    title: "Ce que l'on gagne",
    less: "moins de temps que d'évaluer chaque image par l'encodeur croisé",
    against: (query, encode, scan, photos, full) =>
      `${query} ms par requête (${encode} pour l'encoder, ${scan} pour parcourir ${pictures(photos)}) contre ${full} ms.`,
    again: (first, ms, times) => [`Avec les ${number(first)} premières reclassées, ${ms} ms : `, times, " moins."],
    query: "ms par requête",
    scanned: (photos) => `Pour parcourir ${pictures(photos)} ; ces vecteurs sont venus sans leur encodeur.`,
    spent: (encode, scan, photos) => `${encode} pour encoder les mots, ${scan} pour parcourir ${pictures(photos)}.`,
    adds: (first, ms) => `Reclasser les ${number(first)} premières ajoute ${ms} ms.`,
    middle: (queries) => `La médiane de ${captions(queries)} prises comme requêtes, dans cet onglet.`,
    middleOn: (queries, device) => `La médiane de ${captions(queries)} prises comme requêtes, sur ${device}, dans cet onglet.`,
  },

  chart: {
    axis: "millisecondes par requête",
    key: "scal. : produit scalaire seul ; puis les M premières reclassées ; tout : chaque image",
    dot: "scal.",
    all: "tout",
    label: "Rappel en fonction des millisecondes par requête.",
    point: (name, ms, r1) => `${name} : ${ms} ms, R@1 ${r1}`,
  },

  hard: {
    title: "Ce qui est difficile",
    pairs: (whom) => ["De deux images qui ne diffèrent que par ", whom, ", la bonne obtient le meilleur score"],
    whoHasWhat: "qui a quoi",
    byDot: "% par produit scalaire",
    again: "% reclassées",
    about: "Légendes sur",
    r1: "R@1, texte → image, par produit scalaire",
    first: (first) => `les ${number(first)} premières reclassées`,
    drawn: (texts) => `Sur ${captions(texts)}, tirées au sort par la graine.`,
  },

  cases: {
    title: "Voyez vous-même",
    label: "Ce qu'est devenue la légende",
    outcomes: {
      missed: "Manquées",
      found: "Trouvées",
      repaired: "Corrigées par le reclassement",
      spoilt: "Gâtées par le reclassement",
      missedBoth: "Manquées par les deux",
      foundBoth: "Trouvées par les deux",
    },
    about: "Légendes sur",
    anything: "n'importe quoi",
    none: "Aucune légende de ce genre.",
    previous: "Précédentes",
    next: "Suivantes",
    page: (from, to, total) => `${number(from)}–${number(to)} sur ${number(total)}`,
    textless: "(une légende sans son texte)",
    own: "la sienne",
    byDot: "première par produit scalaire",
    again: "première une fois reclassée",
    right: "juste",
    place: (place) => `la sienne : place ${number(place)}`,
    fits: "convient aussi",
  },

  languages: {
    title: "Dans d'autres langues",
    captions: "Légendes en",
    ar: "AR par produit scalaire",
    again: "reclassées",
    run: "Mesurer",
    runAgain: "Mesurer à nouveau",
    inLanguage: (language) => `en ${language}`,
  },

  ablation: {
    title: "Ce que valent les objectifs du pré-entraînement",
    with: "Pré-entraîné avec",
    toPictures: "R@1 texte → image",
    toCaptions: "R@1 image → texte",
    difference: "AR par rapport à tous",
    note: (updates, pretraining, photos, seeds) =>
      `${number(updates)} mises à jour chacun, dont ${number(pretraining)} de pré-entraînement ; ${number(photos)} images de val ; moyenne ± écart type de ${number(seeds)} ${plural(seeds, { one: "graine", other: "graines" })}.`,
    cores: (cores) => `${number(cores)} ${plural(cores, { one: "cœur", other: "cœurs" })}`,
    committed: "Non mesuré dans cet onglet : ce sont les résultats enregistrés de `npm run ablation`.",
  },

  take: {
    title: "À emporter",
    slide: "SVG pour une diapositive",
    link: "Refaire cette mesure",
    copied: "Copié",
    copy: "Copier le lien",
  },

  slide: {
    contents: (photos, texts) => `${pictures(photos)}, ${captions(texts)}`,
    drawn: (count, seed) => `reclassées : ${number(count)} légendes et images, graine ${seed}`,
    foot: "Dotlight : LightningDOT (NAACL 2021), mesuré dans un onglet de navigateur",
    dot: "produit scalaire",
    dotDrawn: "scalaire, même échantillon",
    first: (first) => `${number(first)} premières reclassées`,
    full: "attention croisée complète",
    less: "moins de temps que l'attention croisée complète",
    query: "par requête",
    axis: "ms par requête",
    short: "txt → img",
  },
};
