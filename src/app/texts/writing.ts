/** How one language writes what changes: numbers, counts, sizes, dates. */
export interface Writing {
  number: (value: number) => string;
  /** With so many digits after the point, ungrouped. */
  fixed: (value: number, digits: number) => string;
  /** The form that a count takes; a language that has no other needs no more than `other`. */
  plural: (count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }) => string;
  /** Bytes in megabytes, or in gigabytes from one on. */
  bytes: (value: number) => string;
  /** What a language, by its code, is called. */
  languageName: (code: string) => string;
  /** Of an ISO date and time without a zone, as cameras write them; one that is none is given as it is. */
  date: (iso: string) => string;
}

export function writing(language: string, [megabyte, gigabyte]: [string, string] = ["MB", "GB"]): Writing {
  const whole = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  // Making one takes longer than a hundred numbers, and each answer writes so many.
  const fixers = new Map<number, Intl.NumberFormat>();
  const fixed: Writing["fixed"] = (value, digits) => {
    let fixer = fixers.get(digits);
    if (!fixer) {
      fixer = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
      fixers.set(digits, fixer);
    }
    return fixer.format(value);
  };
  return {
    number: (value) => whole.format(value),
    fixed,
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    bytes: (value) => (value >= 1e9 ? `${fixed(value / 1e9, 1)} ${gigabyte}` : `${fixed(value / 1e6, value < 1e7 ? 1 : 0)} ${megabyte}`),
    languageName: (code) => {
      try {
        return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
      } catch {
        return code;
      }
    },
    date: (iso) => {
      const at = new Date(iso);
      return Number.isNaN(at.getTime()) ? iso : day.format(at);
    },
  };
}
