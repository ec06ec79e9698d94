/** A query that was asked of a gallery, as an address writes it. */
export interface Asked {
  /** The gallery's address. */
  gallery: string;
  query: string;
  /** Kept until it is taken away, not only as long as few come after it. */
  saved?: true;
}

const KEY = "dotlight-searches";
/** Searches of all galleries that are remembered without being saved. */
const REMEMBERED = 60;

const same = (one: Asked, other: Asked) => one.gallery === other.gallery && one.query === other.query;

/** Searches with one that was just asked, newest first; what it was while it was typed is forgotten. */
export function remembered(searches: readonly Asked[], now: Asked): Asked[] {
  const kept = searches.find((one) => same(one, now));
  const [last] = searches.filter(({ gallery, saved }) => gallery === now.gallery && !saved);
  const begun = last && now.query.startsWith(last.query) ? last : undefined;
  let left = REMEMBERED - 1;
  const others = searches.filter((one) => one !== kept && one !== begun && (one.saved || left-- > 0));
  return [kept ?? { gallery: now.gallery, query: now.query }, ...others];
}

/** A search is saved, or not any longer. */
export function toggled(searches: readonly Asked[], which: Asked): Asked[] {
  const known = searches.find((one) => same(one, which));
  const next: Asked = { gallery: which.gallery, query: which.query, ...(known?.saved ? {} : { saved: true as const }) };
  return [next, ...searches.filter((one) => one !== known)];
}

export const without = (searches: readonly Asked[], which: Asked): Asked[] => searches.filter((one) => !same(one, which));

/** Without those that are only remembered of a gallery. */
export const onlySaved = (searches: readonly Asked[], gallery: string): Asked[] =>
  searches.filter((one) => one.saved || one.gallery !== gallery);

const isAsked = (value: unknown): value is Asked => {
  const { gallery, query, saved } = (value ?? {}) as Partial<Asked>;
  return typeof gallery === "string" && typeof query === "string" && query !== "" && (saved === undefined || saved === true);
};

/** What this browser keeps; what is damaged there is left out. */
export function readSearches(): Asked[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isAsked) : [];
  } catch {
    return [];
  }
}

export function writeSearches(searches: readonly Asked[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(searches));
  } catch {
    // Without storage they last as long as the page.
  }
}

/** Forgets all that was asked of a gallery, which is gone. */
export const forgetSearches = (gallery: string): void => writeSearches(readSearches().filter((one) => one.gallery !== gallery));
