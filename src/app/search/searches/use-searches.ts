import { useCallback, useEffect, useMemo, useState } from "react";
import { type Asked, onlySaved, readSearches, remembered, toggled, without, writeSearches } from "./searches";

export interface Searches {
  /** Of the open gallery, newest first. */
  recent: string[];
  saved: string[];
  remember: (query: string) => void;
  /** Saves a search, or lets it go. */
  toggle: (query: string) => void;
  forget: (query: string) => void;
  forgetRecent: () => void;
}

/** What was asked of a gallery in this browser, in other tabs too. */
export function useSearches(gallery: string): Searches {
  const [searches, setSearches] = useState(readSearches);

  useEffect(() => {
    const read = () => setSearches(readSearches());
    read();
    addEventListener("storage", read);
    return () => removeEventListener("storage", read);
  }, []);

  const change = useCallback((how: (before: Asked[]) => Asked[]) => {
    const next = how(readSearches());
    writeSearches(next);
    setSearches(next);
  }, []);

  return useMemo(() => {
    const own = searches.filter((one) => one.gallery === gallery);
    const of = (saved: boolean) => own.filter((one) => Boolean(one.saved) === saved).map(({ query }) => query);
    return {
      recent: of(false),
      saved: of(true),
      remember: (query) => change((before) => remembered(before, { gallery, query })),
      toggle: (query) => change((before) => toggled(before, { gallery, query })),
      forget: (query) => change((before) => without(before, { gallery, query })),
      forgetRecent: () => change((before) => onlySaved(before, gallery)),
    };
  }, [searches, gallery, change]);
}
