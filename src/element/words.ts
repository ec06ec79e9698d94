/** What the element itself says, in the languages of the built-in model. */
export interface Words {
  label: string;
  placeholder: string;
  results: string;
  loading: (percent: number) => string;
  found: (photos: number, total: number) => string;
}

const WORDS: Record<string, Words> = {
  en: {
    label: "Search the pictures",
    placeholder: "Describe a picture",
    results: "Results",
    loading: (percent) => `Loading, ${percent} %`,
    found: (photos, total) => `The best ${photos} of ${total} pictures`,
  },
  de: {
    label: "Die Bilder durchsuchen",
    placeholder: "Ein Bild beschreiben",
    results: "Treffer",
    loading: (percent) => `Wird geladen, ${percent} %`,
    found: (photos, total) => `Die besten ${photos} von ${total} Bildern`,
  },
  fr: {
    label: "Chercher dans les images",
    placeholder: "Décrivez une image",
    results: "Résultats",
    loading: (percent) => `Chargement, ${percent} %`,
    found: (photos, total) => `Les ${photos} meilleures de ${total} images`,
  },
  cs: {
    label: "Hledat v obrázcích",
    placeholder: "Popište obrázek",
    results: "Výsledky",
    loading: (percent) => `Načítá se, ${percent} %`,
    found: (photos, total) => `Nejlepší shody: ${photos} z ${total} obrázků`,
  },
  ja: {
    label: "画像を検索",
    placeholder: "画像の内容を入力",
    results: "検索結果",
    loading: (percent) => `読み込み中 ${percent} %`,
    found: (photos, total) => `${total} 枚中の上位 ${photos} 枚`,
  },
  zh: {
    label: "搜索图片",
    placeholder: "描述一张图片",
    results: "搜索结果",
    loading: (percent) => `正在加载 ${percent} %`,
    found: (photos, total) => `${total} 张图片中的前 ${photos} 张`,
  },
};

/** The words for a BCP 47 tag; English for a language that has none. */
export const wordsFor = (tag: string): Words => WORDS[tag.toLowerCase().split("-")[0]!] ?? WORDS.en!;
