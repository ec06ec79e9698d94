import { useCallback, useEffect, useMemo, useState } from "react";
import type { Found } from "../engine";
import type { Shown } from "../search/use-search";

export interface Groups {
  /** The answer's photos, of those that are nearly the same only the best, with the others `alike`. */
  shown: Shown[];
  /** Shows the photos of a group one after the other, as if they were different. */
  takeApart: (row: number) => void;
}

/** Groups an answer's near-duplicates, as the search worker found them. */
export function useGroups(shown: Shown[], found: Found | undefined): Groups {
  const [apart, setApart] = useState<ReadonlySet<number>>(new Set());
  const words = found?.hits;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer has other groups.
  useEffect(() => setApart(new Set()), [words]);
  const grouped = useMemo(() => {
    const { leaders, hits = [] } = found ?? {};
    if (!leaders) return shown;
    const leaderOf = new Map(hits.map(({ row }, place) => [row, hits[leaders[place]!]!.row]));
    const groups = new Map<number, Shown[]>();
    for (const photo of shown) {
      const leader = leaderOf.get(photo.row) ?? photo.row;
      groups.set(leader, [...(groups.get(leader) ?? []), photo]);
    }
    return [...groups].flatMap(([leader, [first, ...alike]]) => {
      if (alike.length === 0 || apart.has(leader)) return [first!, ...alike];
      return [{ ...first!, alike }];
    });
  }, [shown, found, apart]);
  const takeApart = useCallback(
    (row: number) => {
      const { leaders, hits = [] } = found ?? {};
      const place = hits.findIndex((hit) => hit.row === row);
      if (leaders && place >= 0) setApart((before) => new Set([...before, hits[leaders[place]!]!.row]));
    },
    [found],
  );
  return { shown: grouped, takeApart };
}
