import { useCallback, useMemo, useRef, useState } from "react";
import { type Part, parseParts, writeParts } from "../../retrieval/parts";
import { keepAddress } from "../address";
import type { PicturePart, QueryPart } from "../engine";

/** A part that does not stand in the search field. */
export type PhotoChip = Extract<QueryPart, { photo: string }> | PicturePart;

/** How a photo steers: its like alone, its like but for words that are to come, towards it or away from it as well. */
export type Steering = "similar" | "but" | "more" | "less";

export interface QueryState {
  /** What stands in the search field. */
  text: string;
  photos: PhotoChip[];
  /** All parts: the photos, then what the text says. The same array as long as they are the same. */
  parts: QueryPart[];
  /** The text has more parts than a query. */
  cut: boolean;
  type: (text: string) => void;
  /** Other parts; those of words are written into the field. */
  change: (parts: QueryPart[]) => void;
  /** Another query altogether. */
  replace: (text: string, photos?: PhotoChip[]) => void;
  steer: (id: string, how: Steering) => void;
}

const isPhoto = (part: QueryPart): part is PhotoChip => !("words" in part);

/** The query: words as they are typed, and photos beside them. What is done to photos can be taken back by going back. */
export function useQuery(first: { query: string; photos: PhotoChip[] }): QueryState {
  const [{ text, photos }, set] = useState({ text: first.query, photos: first.photos });
  const last = useRef<QueryPart[]>([]);
  const { parts, cut } = useMemo(() => {
    const { parts: said, cut } = parseParts(text);
    const all: QueryPart[] = [...photos, ...said];
    if (sameParts(last.current, all)) return { parts: last.current, cut };
    last.current = all;
    return { parts: all, cut };
  }, [text, photos]);

  const type = useCallback((next: string) => set((before) => ({ ...before, text: next })), []);
  const replace = useCallback((next: string, chips: PhotoChip[] = []) => set({ text: next, photos: chips }), []);
  const change = useCallback((next: QueryPart[]) => {
    set((before) => {
      const chips = next.filter(isPhoto);
      const words = next.filter((part): part is Part => !isPhoto(part));
      return { text: writeParts(words), photos: sameParts(before.photos, chips) ? before.photos : chips };
    });
  }, []);
  const steer = useCallback((id: string, how: Steering) => {
    keepAddress();
    const chip = { photo: id, weight: how === "less" ? -1 : 1 };
    set((before) => {
      if (how === "similar" || how === "but") return { text: "", photos: [chip] };
      return { ...before, photos: [...before.photos.filter((part) => !("photo" in part && part.photo === id)), chip] };
    });
  }, []);
  return { text, photos, parts, cut, type, change, replace, steer };
}

const saidBy = (part: QueryPart) => ("words" in part ? part.words : "photo" in part ? part.photo : part.picture);

function sameParts(one: readonly QueryPart[], other: readonly QueryPart[]): boolean {
  return (
    one.length === other.length &&
    one.every((part, i) => {
      const against = other[i]!;
      return part.weight === against.weight && saidBy(part) === saidBy(against) && "words" in part === "words" in against;
    })
  );
}
