const NUMBER = new Intl.NumberFormat("en");

/** A whole number, in groups of three. */
export const count = (value: number): string => NUMBER.format(value);

/** A percentage as the tables have it. */
export const percent = (value: number): string => value.toFixed(1);

/** Milliseconds with the digits that mean something. */
export function milliseconds(ms: number): string {
  if (ms < 10) return ms < 0.1 ? ms.toFixed(3) : ms.toFixed(1);
  return NUMBER.format(Math.round(ms));
}

/** How many times as much, with two digits that mean something. */
export function times(factor: number): string {
  if (factor < 10) return factor.toFixed(1);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(factor)) - 1);
  return NUMBER.format(Math.round(factor / unit) * unit);
}

export function languageName(code: string): string {
  if (code === "") return "as given";
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What a category of the dioramas' captions is about; others keep their name. */
export const categoryName = (name: string): string =>
  ({ attribute: "colour, material, size", relation: "who stands where", scene: "whole scene" })[name] ?? name;
