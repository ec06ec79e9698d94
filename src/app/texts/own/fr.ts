import { writing } from "../writing";
import type { OwnTexts } from "./en";

const { number, fixed, plural, bytes } = writing("fr", ["Mo", "Go"]);

const photos = (count: number): string => `${number(count)} ${plural(count, { one: "photo", other: "photos" })}`;

/** A count of photos with what was done to them. */
const done = (count: number, one: string, other: string): string => `${photos(count)} ${plural(count, { one, other })}`;

export const own: OwnTexts = {
  add: { folder: "Choisir un dossier", photos: "Choisir des photos", nameless: "Mes photos" },

  alike: {
    label: "Presque identiques",
    count: (count) => done(count, "presque identique", "presque identiques"),
    apart: "Les afficher séparément",
  },

  filters: {
    legend: "Filtres",
    folder: { label: "Dossier", all: "Tous les dossiers" },
    type: { label: "Type", all: "Tous les types" },
    shape: { label: "Orientation", all: "Toutes les orientations" },
    place: { label: "Lieu", all: "Tous les lieux" },
    shapes: { landscape: "paysage", portrait: "portrait", square: "carré" },
    value: (value, count) => (count === undefined ? value : `${value} (${number(count)})`),
    from: "Du",
    to: "au",
    left: (count, more) => `${more ? "Au moins " : ""}${done(count, "restante", "restantes")} : tout réafficher`,
  },

  import: {
    label: (gallery) => `Photos de ${gallery}`,
    paused: "En pause",
    reading: "Lecture des photos",
    looking: (gallery) => `Exploration de ${gallery}`,
    lookingSoFar: (gallery, count) =>
      `Exploration de ${gallery} : ${number(count)} ${plural(count, { one: "image trouvée", other: "images trouvées" })} jusqu'ici`,
    progress: (read, total) => `${number(read)} sur ${number(total)}`,
    rate: (perSecond) => `${fixed(perSecond, 1)} par seconde`,
    left: (duration) => `encore ${duration}`,
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (hours, minutes) => `${hours} h ${minutes} min`,
    goOn: "Reprendre",
    pause: "Pause",
    stop: "Arrêter",
    read: "Photos lues",
    close: "Fermer le compte rendu",
    goOnWhere: "Reprendre là où la lecture s'est arrêtée",
    missing: (count) =>
      `${photos(count)} de cette galerie ${plural(count, { one: "n'est", other: "ne sont" })} plus dans le dossier. Si un disque n'est pas branché, branchez-le et vérifiez à nouveau : rien n'a été oublié.`,
    lookAgain: "Vérifier à nouveau",
    forget: "Les oublier",
    failed: (count) => `${number(count)} ${plural(count, { one: "fichier n'a pas pu être lu", other: "fichiers n'ont pas pu être lus" })}`,
    failedList: "Fichiers qui n'ont pas pu être lus",
    more: (count) => `et ${number(count)} ${plural(count, { one: "autre", other: "autres" })}`,
    encoded: (count) => done(count, "encodée", "encodées"),
    recognised: (count) => done(count, "reconnue à son contenu", "reconnues à leur contenu"),
    removed: (count) => done(count, "retirée", "retirées"),
    unchanged: (count) => `${number(count)} ${plural(count, { one: "inchangée", other: "inchangées" })}`,
    others: (count) => `${number(count)} ${plural(count, { one: "autre fichier laissé", other: "autres fichiers laissés" })} de côté`,
    none: "Il n'y a pas de photos ici",
    listed: (parts) => parts.join(", "),
    stopped: (what) => `Arrêté : ${what}.`,
    done: (what) => `${what}.`,
  },

  library: {
    all: "Toutes les galeries",
    withPage: "fournie avec la page",
    dioramas: "1 000 images de synthèse, fournies avec la page",
    own: "Vos propres photos",
    about:
      "Choisissez un dossier et cherchez-y avec vos mots, avec ou sans réseau. Vos photos sont lues sur cet appareil, par cette page, et ne vont nulle part : ce qui en est conservé, de petits aperçus et des nombres, reste dans ce navigateur.",
    readBy: (model) => ["Elles sont lues par le modèle ", model, ". "],
    models: "Modèles",
    drop: "Vous pouvez aussi déposer un dossier ou des photos n'importe où sur la page.",
    openExported: "Ouvrir une galerie exportée dans un fichier",
    spaceKept: (used, quota) =>
      `${bytes(used)} utilisés sur les ${bytes(quota)} accordés par ce navigateur, conservés jusqu'à ce que vous les supprimiez.`,
    space: (used, quota) =>
      `${bytes(used)} utilisés sur les ${bytes(quota)} accordés par ce navigateur ; si l'appareil manque de place, le navigateur peut les effacer.`,
    newName: "Nouveau nom",
    rename: "Renommer",
    sure: (name) => `Oublier « ${name} » ? Les photos elles-mêmes restent où elles sont.`,
    forgetIt: "Oublier",
    keepIt: "Garder",
    folder: "un dossier",
    chosen: "photos choisies",
    renameOne: (name) => `Renommer ${name}`,
    exportOne: (name) => `Exporter ${name} dans un fichier`,
    exportTitle: "Exporter dans un fichier",
    forgetOne: (name) => `Oublier ${name}`,
    otherPack: "Le modèle a changé depuis que ces photos ont été lues : il faut les relire.",
    unscanned: (folder) => `« ${folder} » tel qu'à la dernière lecture`,
    readAgain: "Les relire",
    changes: "Rechercher les changements",
    addMore: "Ajouter des photos, ou choisir à nouveau le dossier tel qu'il est maintenant",
    firstSoon: "Vous pourrez chercher dans les premières photos d'ici un instant.",
    empty: "Il n'y a pas encore de photos dans cette galerie.",
    meanwhile: "Vous pouvez chercher pendant que le reste est lu. Fermer l'onglet ne fait perdre que les toutes dernières photos.",
    formats: "Formats lus : JPEG, HEIC, PNG, WebP, AVIF, GIF et BMP.",
  },

  ownPhoto: {
    file: "Fichier",
    taken: "Prise le",
    camera: "Appareil",
    place: "Lieu",
    size: "Dimensions",
    open: "Ouvrir l'original",
    download: "Télécharger",
    copy: "Copier son chemin",
    copied: "Copié",
  },

  selection: {
    begin: "Sélectionner des photos",
    label: "Photos sélectionnées",
    count: (count) => ["Sélection : ", count],
    download: (count) => (count === 1 ? "Télécharger l'original" : `Télécharger ${number(count)} originaux`),
    copy: (count) => (count === 1 ? "Copier son chemin" : "Copier les chemins"),
    all: "Sélectionner tout ce qui est affiché",
    done: "Terminé",
    saved: "Enregistré",
    copied: "Copié",
    without: (missing, count, named, reason) => `Sans ${number(missing)} sur ${number(count)} : ${named}. ${reason}`,
  },

  models: {
    about:
      "Un modèle lit des photos et des mots. S'il a été entraîné sur des millions de photographies, il les classe bien mieux que ceux fournis avec la page ; il est téléchargé une seule fois, conservé dans ce navigateur, et fonctionne sans réseau. Une galerie appartient au modèle qui l'a lue.",
    builtIn: {
      diorama: "6 langues · Apache-2.0 · n'a vu que des dioramas de jouets : il classe mal les photographies",
      "photos-small":
        "Anglais · bon pour les gens, les chiens, le sport et le plein air · entraîné sur Flickr8k, dont les photographies sont réservées à la recherche : un site commercial doit le choisir en connaissance de cause",
    },
    withPage: "fourni avec la page",
    pinned: "vérifié",
    layoutTested: "structure vérifiée",
    pinnedMeans: " : ses fichiers sont connus octet par octet. ",
    layoutTestedMeans:
      " : Dotlight en connaît la structure, mais personne n'a encore relevé les empreintes de ses fichiers ; elles sont relevées à l'arrivée, puis vérifiées.",
    reads: "Lit les nouvelles galeries",
    use: "Utiliser pour les nouvelles galeries",
    readWith: (gallery) => `Relire « ${gallery} » avec lui`,
    size: (size, known) => `${known ? "" : "environ "}${bytes(size)}`,
    downloading: (model) => `Téléchargement de ${model}`,
    progress: (loaded, total, known) => `${fixed(loaded / 1e6, 1)} sur ${known ? "" : "environ "}${bytes(total)}`,
    form: (model) => `Forme de ${model}`,
    forms: { q8: "8 bits", f16: "16 bits", f32: "32 bits" },
    formSize: (form, size, suits) => `${form}, ${bytes(size)}${suits ? " (pour cet appareil)" : ""}`,
    downloadOne: (model) => `Télécharger ${model}`,
    download: "Télécharger",
    goOn: "Reprendre le téléchargement",
    stop: "Arrêter",
    removeOne: (model) => `Supprimer ${model}`,
    remove: "Supprimer",
    languages: (count) => `${number(count)} langues`,
  },
};
