import { useEffect } from "react";
import type { Searches } from "./use-searches";

/** A query is remembered when it has stood so long, ms: before, it may only be half typed. */
const STANDING = 2_500;

/** Remembers a query that stands for a while, or whose photos are looked at. */
export function useRemembering({ remember }: Searches, query: string, looking: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `remember` changes with what is remembered.
  useEffect(() => {
    if (query.trim().length < 2) return;
    if (looking) {
      remember(query);
      return;
    }
    const timer = setTimeout(() => remember(query), STANDING);
    return () => clearTimeout(timer);
  }, [query, looking]);
}
