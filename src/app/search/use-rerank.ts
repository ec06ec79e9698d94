import { useEffect, useMemo, useRef, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { Found, Hit, QueryPart, RerankedHit } from "../engine";
import { useTexts } from "../texts/texts";
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
  const { spent } = useTexts();
  const [done, setDone] = useState<{ of: Hit[]; hits: RerankedHit[]; spent: number }>();
  const [problem, setProblem] = useState<PlainError>();
  const { found, hits, shown } = search;
  const best = useBest(found, parts);
  const possible = on && encoders !== undefined && encoders.notReranked === undefined;

  useEffect(() => {
    setProblem(undefined);
    if (!possible || !best) return;
    let over = false;
    engine.rerank(parts, best).then(
      (result) => !over && result && setDone({ of: best, hits: result.hits, spent: result.rerank }),
      (error) => !over && setProblem(toPlain(error)),
    );
    return () => {
      over = true;
    };
  }, [engine, possible, best, parts]);

  const now = possible && done && done.of === best ? done : undefined;
  const ordered = useMemo(() => {
    if (!now) return shown;
    const first = now.hits.map(({ before, ...hit }) => ({ ...hits[before]!, ...hit, before }));
    return [...first, ...hits.slice(first.length)].slice(0, shown.length);
  }, [now, hits, shown]);
  const refusal = on ? encoders?.notReranked : undefined;
  const refused = refusal ? { code: "encoder" as const, message: refusal, advice: spent.notReranked } : undefined;
  return { shown: ordered, order: now, spent: now?.spent, problem: refused ?? problem };
}

/** The best of a whole answer, which are re-ranked; the same array while the answer to the same parts only grows. */
function useBest(found: Found | undefined, parts: QueryPart[]): Hit[] | undefined {
  const last = useRef<{ parts: QueryPart[]; best: Hit[] }>(undefined);
  return useMemo(() => {
    if (!found || found.partial) return undefined;
    const best = found.hits.slice(0, RERANKED);
    const before = last.current?.parts === parts ? last.current.best : [];
    const same = before.length === best.length && best.every(({ row, score }, i) => before[i]!.row === row && before[i]!.score === score);
    if (!same) last.current = { parts, best };
    return last.current!.best;
  }, [found, parts]);
}
