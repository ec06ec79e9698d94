import type { Item } from "../engine";
import type { Shown } from "./use-search";

/** Photos in the order in which they are shown, a million perhaps: they are read where they are looked at. */
export interface Photos {
  count: number;
  /** The photo of a place; undefined while nothing of it has been read. */
  at: (place: number) => Shown | undefined;
  /** Says which places are looked at, from one to before another, so that they are read; those of the last call are not wanted any longer. */
  want: (from: number, to: number) => void;
  /** What is said of the photos from a place to before another. @throws DotlightError */
  items: (from: number, to: number) => Promise<Item[]>;
}

/** Photos that are all there; `more` adds to them when their end is looked at. */
export function listed(shown: Shown[], more?: () => void): Photos {
  return {
    count: shown.length,
    at: (place) => shown[place],
    want: (_, to) => {
      if (to >= shown.length) more?.();
    },
    items: async (from, to) => shown.slice(from, to).map(({ item }) => item),
  };
}
