import { useEffect, useMemo, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { Found, QueryPart, RerankedHit } from "../engine";
import type { Loading } from "../use-gallery";
import { RERANKED, type Search, type Shown } from "./use-search";

export interface Rerank {
  /** The answer's photos, re-ranked as soon as that is done. */
  shown: Shown[];
  /** Changes when the order does, from the dot scores' to the cross-encoder's. */
  order: object | undefined;
  /** Milliseconds it took; undefined until it is done. */
  spent: number | undefined;
  /** Why it was asked for in vain. */
  problem: PlainError | undefined;
}

/** Re-orders the newest answer's best, if that is `on`: the answer is shown first, and the new order when it is there. */
export function useRerank({ engine, encoders }: Loading, search: Search, parts: QueryPart[], on: boolean): Rerank {
  const [done, setDone] = useState<{ of: Found; hits: RerankedHit[]; spent: number }>();
  const [problem, setProblem] = useState<PlainError>();
  const { found, hits, shown } = search;
  const possible = on && encoders !== undefined && encoders.notReranked === undefined;

  useEffect(() => {
    setProblem(undefined);
    if (!possible || !found || found.partial) return;
    let over = false;
    engine.rerank(parts, found.hits.slice(0, RERANKED)).then(
      (result) => !over && result && setDone({ of: found, hits: result.hits, spent: result.rerank }),
      (error) => !over && setProblem(toPlain(error)),
    );
    return () => {
      over = true;
    };
  }, [engine, possible, found, parts]);

  const now = possible && done && done.of === found ? done : undefined;
  const ordered = useMemo(() => {
    if (!now) return shown;
    const first = now.hits.map(({ before, ...hit }) => ({ ...hits[before]!, ...hit, before }));
    return [...first, ...hits.slice(first.length)].slice(0, shown.length);
  }, [now, hits, shown]);
  const refusal = on ? encoders?.notReranked : undefined;
  const refused = refusal ? { code: "encoder" as const, message: refusal, advice: "The order is that of the dot scores." } : undefined;
  return { shown: ordered, order: now, spent: now?.spent, problem: refused ?? problem };
}
