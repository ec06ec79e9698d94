import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Shown } from "../search/use-search";

/** Photos that the visitor has picked out, by their paths: they stay so while other words are searched. */
export interface Selection {
  /** A click on a photo selects it instead of opening it. */
  on: boolean;
  chosen: ReadonlySet<string>;
  begin: () => void;
  /** Forgets which were selected. */
  end: () => void;
  /** Selects the photo of a place, or takes it out; with `range` selects all from the one before to it. */
  toggle: (place: number, range: boolean) => void;
  /** Selects the photos of all places from the one to the other. */
  extend: (from: number, to: number) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** The selection among the photos of one gallery, as they are shown now. */
export function useSelection(gallery: string | undefined, shown: Shown[]): Selection {
  const [on, setOn] = useState(false);
  const [chosen, setChosen] = useState(NONE);
  /** The photo that was selected last: where a range begins. */
  const last = useRef<string>(undefined);
  const begin = useCallback(() => setOn(true), []);
  const end = useCallback(() => {
    setOn(false);
    setChosen(NONE);
    last.current = undefined;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another gallery's photos are others.
  useEffect(() => end, [gallery, end]);

  const extend = useCallback<Selection["extend"]>(
    (from, to) => {
      const ids = shown.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ item }) => item.id);
      setChosen((before) => new Set([...before, ...ids]));
      last.current = shown[to]?.item.id;
      setOn(true);
    },
    [shown],
  );
  const toggle = useCallback<Selection["toggle"]>(
    (place, range) => {
      const from = shown.findIndex(({ item }) => item.id === last.current);
      if (range && from >= 0) {
        extend(from, place);
        return;
      }
      const { id } = shown[place]!.item;
      setChosen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])));
      last.current = id;
      setOn(true);
    },
    [shown, extend],
  );
  return useMemo(() => ({ on, chosen, begin, end, toggle, extend }), [on, chosen, begin, end, toggle, extend]);
}
