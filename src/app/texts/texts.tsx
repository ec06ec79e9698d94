import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { en } from "./en";
import { type Language, rememberLanguage } from "./language";

export type Texts = typeof en;

/** English is part of the page; the others are fetched by those who read them. */
const LOADERS: Record<Language, () => Promise<Texts>> = {
  en: async () => en,
  de: async () => (await import("./de")).de,
  fr: async () => (await import("./fr")).fr,
  cs: async () => (await import("./cs")).cs,
  ja: async () => (await import("./ja")).ja,
  zh: async () => (await import("./zh")).zh,
};

interface State {
  language: Language;
  texts: Texts;
}

interface Provided extends State {
  /** Changes the page's language and remembers it. @throws where its texts cannot be fetched */
  choose: (language: Language) => Promise<void>;
}

const Context = createContext<Provided>({ language: "en", texts: en, choose: async () => undefined });

/** The texts in a language; in English where they cannot be fetched. */
export async function loadTexts(language: Language): Promise<State> {
  try {
    return { language, texts: await LOADERS[language]() };
  } catch (error) {
    console.warn(`The texts in "${language}" cannot be loaded:`, error);
    return { language: "en", texts: en };
  }
}

/** Gives all that is inside the page's texts, and names their language on the document. */
export function TextsProvider({ first, children }: { first: State; children: ReactNode }) {
  const [state, setState] = useState(first);
  const wanted = useRef(first.language);
  const choose = useCallback(async (language: Language) => {
    wanted.current = language;
    const texts = await LOADERS[language]();
    if (wanted.current !== language) return;
    rememberLanguage(language);
    setState({ language, texts });
  }, []);
  document.documentElement.lang = state.language;
  const provided = useMemo(() => ({ ...state, choose }), [state, choose]);
  return <Context value={provided}>{children}</Context>;
}

/** The page's texts in the visitor's language. */
export const useTexts = (): Texts => useContext(Context).texts;

/** The page's language, and how to change it. */
export const useLanguage = (): Omit<Provided, "texts"> => useContext(Context);
