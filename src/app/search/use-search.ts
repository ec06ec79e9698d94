import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type PlainError, toPlain } from "../../files/errors";
import type { Found, Item, PhotoFilter, QueryPart } from "../engine";
import type { Loading } from "../use-gallery";
import { afterPaint } from "./after-paint";

/** A photo in the grid; without a score while nothing has been asked; re-ranked with its match logit and its place by the dot score (from 0). */
export interface Shown {
  row: number;
  item: Item;
  score?: number;
  match?: number;
  before?: number;
  /** That it matches the words. */
  probability?: number;
  /** Near-duplicates that it stands for. */
  alike?: Shown[];
}

export interface Search {
  /** The answer's photos, so far as they have been asked for. */
  shown: Shown[];
  /** Nothing is asked, or nothing can be answered yet: the gallery is shown in its order. */
  browsing: boolean;
  /** The answer's photos in the order of the dot scores, as many as are re-ranked at least. */
  hits: Shown[];
  found: Found | undefined;
  device: Found["device"] | undefined;
  /** From the keystroke to the frame that shows the answer, ms. */
  painted: number | undefined;
  problem: PlainError | undefined;
  /** Asks again. */
  retry: () => void;
  /** More photos can be shown. */
  more: (() => void) | undefined;
}

/** Photos shown at first where the window has no room for more; `more` doubles them. */
const PAGE = 48;
/** Photos of an answer at the most: so far down its order means nothing. */
const MOST = PAGE << 6;
/** Photos that are re-ranked, the most of the paper's table that a tab does while one looks. */
export const RERANKED = 50;
const NONE: Shown[] = [];
/** The measures that the tests and the browser's own tools read: from the key, and from the end of the scan, to the frame that shows the answer. */
const [FROM_KEY, FROM_SCAN] = ["dotlight:query-to-paint", "dotlight:scan-to-paint"];

/**
 * Answers the query anew whenever its parts are others (another array); `filter` says which photos are looked at.
 * @param cut the query had more parts than these
 * @param room photos for which the window has room at the list's top: so many are asked for at once
 */
export function useSearch(
  { engine, gallery, encoders, stage }: Loading,
  { parts, cut }: { parts: QueryPart[]; cut: boolean },
  filter: PhotoFilter,
  room: RefObject<number>,
): Search {
  const [extent, setExtent] = useState<{ parts: QueryPart[]; k: number }>();
  const [answer, setAnswer] = useState<{ found: Found; shown: Shown[]; began: number; to: QueryPart[] }>();
  const [problem, setProblem] = useState<PlainError>();
  const [attempt, setAttempt] = useState(0);
  const [painted, setPainted] = useState<number>();
  const began = useRef({ parts, at: 0, k: PAGE });
  const asked = parts.length > 0;
  const ready = encoders !== undefined;
  /** Of every vector nothing for certain, its first bits, all. */
  const arrived = stage === "ready" ? "keeping" : stage;

  // The clock starts with the first render for a new query, which React runs in the keystroke's own event.
  if (began.current.parts !== parts) began.current = { parts, at: performance.now(), k: PAGE * Math.ceil((room.current + 1) / PAGE) };
  // Another query begins with the first page.
  const k = extent?.parts === parts ? extent.k : began.current.k;

  // biome-ignore lint/correctness/useExhaustiveDependencies: when more of the vectors has arrived, or photos came or went, the answer may be another.
  useEffect(() => {
    setProblem(undefined);
    if (!asked || !ready) {
      setAnswer(undefined);
      setPainted(undefined);
      return;
    }
    let over = false;
    const { at } = began.current;
    engine.search(parts, Math.max(k, RERANKED), filter).then(
      (result) => {
        if (over || !result) return;
        const found = { ...result, truncated: result.truncated || cut };
        const shown = found.hits.map((hit, i) => ({ ...hit, item: found.items[i]! }));
        // At once: a task of its own would wait behind the pictures of the answer before.
        flushSync(() => setAnswer({ found, shown, began: at, to: parts }));
      },
      (error) => {
        if (over) return;
        setAnswer(undefined);
        setProblem(toPlain(error));
      },
    );
    return () => {
      over = true;
    };
  }, [engine, parts, cut, filter, gallery, ready, arrived, k, attempt]);

  useEffect(() => {
    if (!answer) return;
    return afterPaint(() => {
      const end = performance.now();
      performance.measure(FROM_SCAN, { start: answer.found.scanned - performance.timeOrigin, end });
      const { duration } = performance.measure(FROM_KEY, { start: answer.began, end });
      setPainted(duration);
    });
  }, [answer]);

  const hits = (gallery && answer?.shown) ?? NONE;
  const shown = useMemo(() => hits.slice(0, k), [hits, k]);
  const more = useCallback(() => setExtent({ parts, k: 2 * k }), [parts, k]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return {
    shown,
    browsing: (!asked || !ready) && !answer,
    hits,
    found: answer?.found,
    device: answer?.found.device,
    painted,
    problem,
    retry,
    // Of what was asked before, nobody wants more.
    more: gallery && answer?.to === parts && shown.length >= k && k < MOST && shown.length < gallery.count ? more : undefined,
  };
}
