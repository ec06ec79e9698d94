import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Photos } from "../search/photos";

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
export function useSelection(gallery: string | undefined, photos: Photos): Selection {
  const [on, setOn] = useState(false);
  const [chosen, setChosen] = useState(NONE);
  /** The photo that was selected last: where a range begins, if it still has that place. */
  const last = useRef<{ id: string; place: number }>(undefined);
  const begin = useCallback(() => setOn(true), []);
  const end = useCallback(() => {
    setOn(false);
    setChosen(NONE);
    last.current = undefined;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another gallery's photos are others.
  useEffect(() => end, [gallery, end]);

  const extend = useCallback<Selection["extend"]>(
    async (from, to) => {
      setOn(true);
      const first = Math.min(from, to);
      const seen = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => photos.at(first + i)?.item);
      const items = seen.every((item) => item !== undefined) ? seen : await photos.items(first, first + seen.length);
      const ids = items.map(({ id }) => id);
      setChosen((before) => new Set([...before, ...ids]));
      const id = ids[to < from ? 0 : ids.length - 1];
      last.current = id === undefined ? undefined : { id, place: to };
    },
    [photos],
  );
  const toggle = useCallback<Selection["toggle"]>(
    (place, range) => {
      const before = last.current;
      if (range && before && photos.at(before.place)?.item.id === before.id) {
        extend(before.place, place);
        return;
      }
      const id = photos.at(place)?.item.id;
      if (id === undefined) return;
      setChosen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])));
      last.current = { id, place };
      setOn(true);
    },
    [photos, extend],
  );
  return useMemo(() => ({ on, chosen, begin, end, toggle, extend }), [on, chosen, begin, end, toggle, extend]);
}
