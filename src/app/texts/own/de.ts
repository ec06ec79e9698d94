import { writing } from "../writing";
import type { OwnTexts } from "./en";

const { number, fixed, plural, bytes } = writing("de");

const photos = (count: number): string => `${number(count)} ${plural(count, { one: "Foto", other: "Fotos" })}`;

export const own: OwnTexts = {
  add: { folder: "Ordner wählen", photos: "Fotos wählen", nameless: "Meine Fotos" },

  alike: {
    label: "Fast gleich",
    count: (count) => `${number(count)} fast ${plural(count, { one: "gleiches Foto", other: "gleiche Fotos" })}`,
    apart: "Einzeln anzeigen",
  },

  filters: {
    legend: "Filter",
    folder: { label: "Ordner", all: "Alle Ordner" },
    type: { label: "Dateityp", all: "Alle Dateitypen" },
    shape: { label: "Ausrichtung", all: "Alle Ausrichtungen" },
    place: { label: "Ort", all: "Alle Orte" },
    shapes: { landscape: "Querformat", portrait: "Hochformat", square: "quadratisch" },
    value: (value, count) => (count === undefined ? value : `${value} (${number(count)})`),
    from: "Von",
    to: "bis",
    left: (count, more) => `Noch ${more ? "mindestens " : ""}${photos(count)}: wieder alle anzeigen`,
  },

  import: {
    label: (gallery) => `Fotos von ${gallery}`,
    paused: "Angehalten",
    reading: "Fotos werden gelesen",
    looking: (gallery) => `${gallery} wird durchgesehen`,
    lookingSoFar: (gallery, count) =>
      `${gallery} wird durchgesehen: bisher ${number(count)} ${plural(count, { one: "Bild", other: "Bilder" })}`,
    progress: (done, total) => `${number(done)} von ${number(total)}`,
    rate: (perSecond) => `${fixed(perSecond, 1)} pro Sekunde`,
    left: (duration) => `noch ${duration}`,
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (hours, minutes) => `${hours} h ${minutes} min`,
    goOn: "Fortsetzen",
    pause: "Anhalten",
    stop: "Abbrechen",
    read: "Gelesene Fotos",
    close: "Bericht schließen",
    goOnWhere: "Dort fortsetzen, wo abgebrochen wurde",
    missing: (count) =>
      `${photos(count)} dieser Galerie ${plural(count, { one: "ist", other: "sind" })} nicht mehr im Ordner. Falls ein Laufwerk nicht verbunden ist: verbinden und noch einmal nachsehen; noch ist nichts gelöscht.`,
    lookAgain: "Noch einmal nachsehen",
    forget: "Aus der Galerie löschen",
    failed: (count) => `${number(count)} ${plural(count, { one: "Datei konnte", other: "Dateien konnten" })} nicht gelesen werden`,
    failedList: "Dateien, die nicht gelesen werden konnten",
    more: (count) => `und ${number(count)} weitere`,
    encoded: (count) => `${photos(count)} kodiert`,
    recognised: (count) => `${photos(count)} am Inhalt wiedererkannt`,
    removed: (count) => `${photos(count)} entfernt`,
    unchanged: (count) => `${number(count)} unverändert`,
    others: (count) => `${number(count)} andere ${plural(count, { one: "Datei", other: "Dateien" })} nicht angerührt`,
    none: "Hier sind keine Fotos",
    listed: (parts) => parts.join(", "),
    stopped: (what) => `Abgebrochen: ${what}.`,
    done: (what) => `${what}.`,
  },

  library: {
    all: "Alle Galerien",
    withPage: "mit der Seite",
    dioramas: "1.000 gestellte Bilder, mit der Seite",
    own: "Eigene Fotos",
    about:
      "Einen Ordner wählen und mit eigenen Worten darin suchen, mit oder ohne Netz. Die Fotos werden auf diesem Gerät von dieser Seite gelesen und gehen nirgendwohin: Was davon aufbewahrt wird, kleine Vorschaubilder und Zahlen, bleibt in diesem Browser.",
    readBy: (model) => ["Gelesen werden sie vom Modell ", model, ". "],
    models: "Modelle",
    drop: "Ordner und Fotos lassen sich auch irgendwo auf der Seite ablegen.",
    openExported: "Eine Galerie öffnen, die in eine Datei exportiert wurde",
    spaceKept: (used, quota) =>
      `${bytes(used)} von ${bytes(quota)} belegt, die dieser Browser zur Verfügung stellt; sie bleiben, bis sie gelöscht werden.`,
    space: (used, quota) =>
      `${bytes(used)} von ${bytes(quota)} belegt, die dieser Browser zur Verfügung stellt; wird der Platz auf dem Gerät knapp, kann der Browser sie löschen.`,
    newName: "Neuer Name",
    rename: "Umbenennen",
    sure: (name) => `„${name}“ löschen? Die Fotos selbst bleiben, wo sie sind.`,
    forgetIt: "Löschen",
    keepIt: "Behalten",
    folder: "ein Ordner",
    chosen: "gewählte Fotos",
    renameOne: (name) => `${name} umbenennen`,
    exportOne: (name) => `${name} in eine Datei exportieren`,
    exportTitle: "In eine Datei exportieren",
    forgetOne: (name) => `${name} löschen`,
    otherPack: "Seit diese Fotos gelesen wurden, hat sich das Modell geändert: Sie müssen neu gelesen werden.",
    unscanned: (folder) => `„${folder}“, wie er beim letzten Lesen war`,
    readAgain: "Neu lesen",
    changes: "Nach Änderungen suchen",
    addMore: "Fotos hinzufügen oder den Ordner im jetzigen Zustand noch einmal wählen",
    firstSoon: "Die ersten Fotos können gleich durchsucht werden.",
    empty: "In dieser Galerie sind noch keine Fotos.",
    meanwhile:
      "Während der Rest gelesen wird, kann schon gesucht werden. Wird der Tab geschlossen, gehen höchstens die letzten paar Fotos verloren.",
    formats: "Gelesen werden JPEG, HEIC, PNG, WebP, AVIF, GIF und BMP.",
  },

  ownPhoto: {
    file: "Datei",
    taken: "Aufgenommen",
    camera: "Kamera",
    place: "Ort",
    size: "Größe",
    open: "Original öffnen",
    download: "Herunterladen",
    copy: "Pfad kopieren",
    copied: "Kopiert",
  },

  selection: {
    begin: "Fotos auswählen",
    label: "Ausgewählte Fotos",
    count: (count) => [count, " ausgewählt"],
    download: (count) => (count === 1 ? "Original herunterladen" : `${number(count)} Originale herunterladen`),
    copy: (count) => (count === 1 ? "Pfad kopieren" : "Pfade kopieren"),
    all: "Alle angezeigten auswählen",
    done: "Fertig",
    saved: "Gespeichert",
    copied: "Kopiert",
    without: (missing, count, named, reason) => `Ohne ${number(missing)} von ${number(count)}: ${named}. ${reason}`,
  },

  models: {
    about:
      "Ein Modell liest Fotos und Wörter. Eines, das mit Millionen Fotos trainiert wurde, ordnet sie weit besser als die Modelle, die mit der Seite kommen; es wird einmal heruntergeladen, in diesem Browser aufbewahrt und arbeitet ohne Netz. Eine Galerie gehört zu dem Modell, das sie gelesen hat.",
    builtIn: {
      diorama: "6 Sprachen · Apache-2.0 · kennt nur Spielzeug-Dioramen: Fotos ordnet es schlecht",
      "photos-small":
        "Englisch · gut bei Menschen, Hunden, Sport und Natur · trainiert mit Flickr8k, dessen Fotos nur für die Forschung sind: Eine kommerzielle Seite muss es bewusst wählen",
    },
    withPage: "mit der Seite",
    pinned: "geprüft",
    layoutTested: "Aufbau geprüft",
    pinnedMeans: ": Seine Dateien sind Byte für Byte bekannt. ",
    layoutTestedMeans:
      ": Dotlight weiß, wie es aufgebaut ist, aber noch hat niemand die Prüfsummen seiner Dateien festgehalten; sie werden bei der Ankunft festgehalten und von da an geprüft.",
    reads: "Liest neue Galerien",
    use: "Für neue Galerien verwenden",
    readWith: (gallery) => `„${gallery}“ damit neu lesen`,
    size: (size, known) => `${known ? "" : "etwa "}${bytes(size)}`,
    downloading: (model) => `${model} wird heruntergeladen`,
    progress: (loaded, total, known) => `${fixed(loaded / 1e6, 1)} von ${known ? "" : "etwa "}${bytes(total)}`,
    form: (model) => `Form von ${model}`,
    forms: { q8: "8 Bit", f16: "16 Bit", f32: "32 Bit" },
    formSize: (form, size, suits) => `${form}, ${bytes(size)}${suits ? " (für dieses Gerät)" : ""}`,
    downloadOne: (model) => `${model} herunterladen`,
    download: "Herunterladen",
    goOn: "Weiter herunterladen",
    stop: "Abbrechen",
    removeOne: (model) => `${model} entfernen`,
    remove: "Entfernen",
    languages: (count) => `${number(count)} Sprachen`,
  },
};
