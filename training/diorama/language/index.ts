import type { Proposition } from "../propositions.ts";
import type { Random } from "../random.ts";
import { say as english } from "./en/index.ts";
import type { Style } from "./style.ts";

/** A new language is one folder beside `en` and one line here; it words the same propositions. */
export const LANGUAGES = { en: english } satisfies Record<string, (random: Random, proposition: Proposition, style: Style) => string>;
