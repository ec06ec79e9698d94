import type { Proposition } from "../propositions.ts";
import type { Random } from "../random.ts";
import { say as czech } from "./cs/index.ts";
import { say as german } from "./de/index.ts";
import { say as english } from "./en/index.ts";
import { say as french } from "./fr/index.ts";
import { say as japanese } from "./ja/index.ts";
import type { Style } from "./style.ts";
import { say as chinese } from "./zh/index.ts";

/** A new language is one folder beside `en` and one line here; all word the same propositions. */
export const LANGUAGES = {
  en: english,
  de: german,
  fr: french,
  cs: czech,
  ja: japanese,
  zh: chinese,
} satisfies Record<string, (random: Random, proposition: Proposition, style: Style) => string>;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[];
