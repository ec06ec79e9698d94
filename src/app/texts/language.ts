/** The languages of the page's texts, those of the built-in model, each by its own name. */
export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", cs: "Čeština", ja: "日本語", zh: "简体中文" } as const;
export type Language = keyof typeof LANGUAGES;

/** Where the choice is remembered. */
const CHOSEN = "dotlight-language";

/** The language of a BCP 47 tag, if there are texts in it. */
function known(tag: string | null | undefined): Language | undefined {
  const base = tag?.toLowerCase().split("-")[0];
  return base !== undefined && Object.hasOwn(LANGUAGES, base) ? (base as Language) : undefined;
}

/** `?lang=`, else what was chosen, else the first of the browser's languages that there are texts in, else English. */
export function firstLanguage(): Language {
  return (
    known(new URLSearchParams(location.search).get("lang")) ??
    known(chosen()) ??
    navigator.languages.map(known).find((language) => language !== undefined) ??
    "en"
  );
}

/** Null too where the browser keeps nothing. */
function chosen(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

/** Remembers a choice; where the address names a language, that one from now on. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  const url = new URL(location.href);
  if (!url.searchParams.has("lang")) return;
  url.searchParams.set("lang", language);
  history.replaceState(null, "", url);
}
