import { writing } from "../writing";
import type { OwnTexts } from "./en";

const { number, fixed, plural, bytes } = writing("cs");

const photos = (count: number): string =>
  `${number(count)} ${plural(count, { one: "fotka", few: "fotky", many: "fotky", other: "fotek" })}`;

export const own: OwnTexts = {
  add: { folder: "Vybrat složku", photos: "Vybrat fotky", nameless: "Moje fotky" },

  alike: {
    label: "Téměř stejné",
    count: (count) => `${number(count)} téměř ${plural(count, { one: "stejná fotka", few: "stejné fotky", other: "stejných fotek" })}`,
    apart: "Zobrazit zvlášť",
  },

  filters: {
    legend: "Filtry",
    folder: { label: "Složka", all: "Všechny složky" },
    type: { label: "Typ", all: "Všechny typy" },
    shape: { label: "Orientace", all: "Všechny orientace" },
    place: { label: "Místo", all: "Všechna místa" },
    shapes: { landscape: "na šířku", portrait: "na výšku", square: "čtverec" },
    value: (value, count) => (count === undefined ? value : `${value} (${number(count)})`),
    from: "Od",
    to: "do",
    left: (count, more) => `Zbývá ${more ? "nejméně " : ""}${photos(count)}: zobrazit znovu vše`,
  },

  import: {
    label: (gallery) => `Fotky galerie ${gallery}`,
    paused: "Pozastaveno",
    reading: "Čtou se fotky",
    looking: (gallery) => `Prochází se ${gallery}`,
    lookingSoFar: (gallery, count) =>
      `Prochází se ${gallery}: zatím ${number(count)} ${plural(count, { one: "obrázek", few: "obrázky", other: "obrázků" })}`,
    progress: (done, total) => `${number(done)} z ${number(total)}`,
    rate: (perSecond) => `${fixed(perSecond, 1)} za sekundu`,
    left: (duration) => `zbývá ${duration}`,
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (hours, minutes) => `${hours} h ${minutes} min`,
    goOn: "Pokračovat",
    pause: "Pozastavit",
    stop: "Zastavit",
    read: "Přečtené fotky",
    close: "Zavřít zprávu",
    goOnWhere: "Pokračovat tam, kde to skončilo",
    missing: (count) =>
      `Z této galerie už ve složce ${plural(count, { one: "není", few: "nejsou", other: "není" })} ${photos(count)}. Pokud není připojený disk, připojte ho a podívejte se znovu: nic nebylo zapomenuto.`,
    lookAgain: "Podívat se znovu",
    forget: "Zapomenout je",
    failed: (count) =>
      plural(count, {
        one: `${number(count)} soubor se nepodařilo přečíst`,
        few: `${number(count)} soubory se nepodařilo přečíst`,
        other: `${number(count)} souborů se nepodařilo přečíst`,
      }),
    failedList: "Soubory, které se nepodařilo přečíst",
    more: (count) => `a ${number(count)} ${plural(count, { one: "další", few: "další", other: "dalších" })}`,
    encoded: (count) => `zakódováno: ${photos(count)}`,
    recognised: (count) => `rozpoznáno podle obsahu: ${photos(count)}`,
    removed: (count) => `odebráno: ${photos(count)}`,
    unchanged: (count) => `beze změny: ${number(count)}`,
    others: (count) => `jiných souborů ponecháno stranou: ${number(count)}`,
    none: "Nejsou tu žádné fotky",
    listed: (parts) => parts.join(", "),
    stopped: (what) => `Zastaveno, ${what}.`,
    done: (what) => `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`,
  },

  library: {
    all: "Všechny galerie",
    withPage: "součást stránky",
    dioramas: "1 000 umělých obrázků, součást stránky",
    own: "Vlastní fotky",
    about:
      "Vyberte složku a hledejte v ní vlastními slovy, se sítí i bez ní. Vaše fotky čte tato stránka na tomto zařízení a nikam neodcházejí: co se z nich uchová, malé náhledy a čísla, zůstává v tomto prohlížeči.",
    readBy: (model) => ["Čte je model ", model, ". "],
    models: "Modely",
    drop: "Složku nebo fotky můžete také kamkoli na stránku přetáhnout.",
    openExported: "Otevřít galerii exportovanou do souboru",
    spaceKept: (used, quota) => `Využito ${bytes(used)} z ${bytes(quota)}, které dává tento prohlížeč; uchová se, dokud to nesmažete.`,
    space: (used, quota) =>
      `Využito ${bytes(used)} z ${bytes(quota)}, které dává tento prohlížeč; když v zařízení dojde místo, může to prohlížeč smazat.`,
    newName: "Nový název",
    rename: "Přejmenovat",
    sure: (name) => `Zapomenout „${name}“? Samotné fotky zůstanou, kde jsou.`,
    forgetIt: "Zapomenout",
    keepIt: "Ponechat",
    folder: "složka",
    chosen: "vybrané fotky",
    renameOne: (name) => `Přejmenovat ${name}`,
    exportOne: (name) => `Exportovat ${name} do souboru`,
    exportTitle: "Exportovat do souboru",
    forgetOne: (name) => `Zapomenout ${name}`,
    otherPack: "Od přečtení těchto fotek se změnil model: je třeba je přečíst znovu.",
    unscanned: (folder) => `„${folder}“ ve stavu při posledním čtení`,
    readAgain: "Přečíst znovu",
    changes: "Vyhledat změny",
    addMore: "Přidat fotky nebo znovu vybrat složku v současném stavu",
    firstSoon: "V prvních fotkách půjde za okamžik hledat.",
    empty: "V této galerii zatím nejsou žádné fotky.",
    meanwhile: "Hledat můžete, už když se zbytek čte. Zavřením karty přijdete nanejvýš o několik posledních fotek.",
    formats: "Lze číst JPEG, HEIC, PNG, WebP, AVIF, GIF a BMP.",
  },

  ownPhoto: {
    file: "Soubor",
    taken: "Pořízeno",
    camera: "Fotoaparát",
    place: "Místo",
    size: "Rozměry",
    open: "Otevřít originál",
    download: "Stáhnout",
    copy: "Kopírovat cestu",
    copied: "Zkopírováno",
  },

  selection: {
    begin: "Vybrat fotky",
    label: "Vybrané fotky",
    count: (count) => ["Vybráno: ", count],
    download: (count) =>
      count === 1 ? "Stáhnout originál" : `Stáhnout ${number(count)} ${plural(count, { few: "originály", other: "originálů" })}`,
    copy: (count) => (count === 1 ? "Kopírovat cestu" : "Kopírovat cesty"),
    all: "Vybrat vše zobrazené",
    done: "Hotovo",
    saved: "Uloženo",
    copied: "Zkopírováno",
    without: (missing, count, named, reason) => `Bez ${number(missing)} z ${number(count)}: ${named}. ${reason}`,
  },

  models: {
    about:
      "Model čte fotky a slova. Ten, který byl vycvičen na milionech fotografií, je řadí mnohem lépe než modely, které jsou součástí stránky; stáhne se jednou, uchová se v tomto prohlížeči a funguje bez sítě. Galerie patří k modelu, který ji přečetl.",
    builtIn: {
      diorama: "6 jazyků · Apache-2.0 · viděl jen hračkářská dioramata: fotografie řadí špatně",
      "photos-small":
        "angličtina · dobrý na lidi, psy, sport a přírodu · vycvičen na Flickr8k, jehož fotografie jsou určeny jen k výzkumu: komerční stránka ho musí zvolit vědomě",
    },
    withPage: "součást stránky",
    pinned: "ověřený",
    layoutTested: "ověřená struktura",
    pinnedMeans: ": jeho soubory jsou známy bajt po bajtu. ",
    layoutTestedMeans:
      ": Dotlight zná jeho strukturu, ale otisky jeho souborů zatím nikdo nezaznamenal; zaznamenají se po stažení a od té doby se ověřují.",
    reads: "Čte nové galerie",
    use: "Použít pro nové galerie",
    readWith: (gallery) => `Přečíst jím znovu „${gallery}“`,
    size: (size, known) => `${known ? "" : "asi "}${bytes(size)}`,
    downloading: (model) => `Stahuje se ${model}`,
    progress: (loaded, total, known) => `${fixed(loaded / 1e6, 1)} z ${known ? "" : "asi "}${bytes(total)}`,
    form: (model) => `Podoba modelu ${model}`,
    forms: { q8: "8 bitů", f16: "16 bitů", f32: "32 bitů" },
    formSize: (form, size, suits) => `${form}, ${bytes(size)}${suits ? " (pro toto zařízení)" : ""}`,
    downloadOne: (model) => `Stáhnout ${model}`,
    download: "Stáhnout",
    goOn: "Pokračovat ve stahování",
    stop: "Zastavit",
    removeOne: (model) => `Odebrat ${model}`,
    remove: "Odebrat",
    languages: (count) => `${number(count)} ${plural(count, { one: "jazyk", few: "jazyky", other: "jazyků" })}`,
  },
};
