import type { Texts } from "../texts/texts";

/** A percentage as the tables have it. */
export const percent = (value: number, { fixed }: Texts): string => fixed(value, 1);

/** Milliseconds with the digits that mean something. */
export function milliseconds(ms: number, { fixed, number }: Texts): string {
  if (ms < 10) return fixed(ms, ms < 0.1 ? 3 : 1);
  return number(Math.round(ms));
}

/** How many times as much, with two digits that mean something. */
export function times(factor: number, { fixed, number }: Texts): string {
  if (factor < 10) return fixed(factor, 1);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(factor)) - 1);
  return number(Math.round(factor / unit) * unit);
}

/** What the captions' language is called; those of a data set that does not say it are as given. */
export const nameOf = (language: string, { languageName, lab }: Texts): string => (language === "" ? lab.asGiven : languageName(language));

/** What a category of the dioramas' captions is about; others keep their name. */
export const categoryName = (name: string, { lab }: Texts): string => lab.categories[name] ?? name;
