import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../../files/errors";
import type { Engine, QueryPart, Why } from "../../engine";

/** A phrase of the query, and why it found the photo. */
export interface Reason extends Why {
  words: string;
}

/** Why the query's phrases found a photo, while that is asked for; undefined until it is known, what was known of another photo is not kept. */
export function useWhy(
  engine: Engine,
  parts: QueryPart[],
  row: number,
  on: boolean,
): { reasons: Reason[] | undefined; problem: PlainError | undefined } {
  const [found, setFound] = useState<{ of: QueryPart[]; row: number; reasons?: Reason[]; problem?: PlainError }>();

  useEffect(() => {
    if (!on) return;
    let over = false;
    const phrases = parts.flatMap((part) => ("words" in part && part.weight > 0 ? [part.words] : []));
    const asked = Promise.all(phrases.map(async (words) => ({ words, ...(await engine.why(words, row)) })));
    asked.then(
      (reasons) => !over && setFound({ of: parts, row, reasons }),
      (error) => !over && setFound({ of: parts, row, problem: toPlain(error) }),
    );
    return () => {
      over = true;
    };
  }, [engine, parts, row, on]);

  const now = on && found?.of === parts && found.row === row ? found : undefined;
  return { reasons: now?.reasons, problem: now?.problem };
}
