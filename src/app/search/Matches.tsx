import { type ReactNode, useEffect, useState } from "react";
import { LINE, UNLIKELY } from "../../retrieval/relevance";
import { useTexts } from "../texts/texts";
import type { Shown } from "./use-search";

/** Milliseconds without another answer after which it is said that nothing matches: half a word mostly matches nothing. */
const SETTLED = 400;

/** Photos that are shown where none matches. */
export const NEAREST = 12;

/** How many of an answer's photos match; undefined where that is not known. */
export function matchesOf(shown: Shown[]): number | undefined {
  if (shown[0]?.probability === undefined) return undefined;
  return shown.filter(({ probability = 0 }) => probability >= LINE).length;
}

/** The end of the matches in the grid: what follows is less likely. */
export const Line = () => <span className="line">{useTexts().grid.lessLikely}</span>;

/** Whether it can be said that none of an answer's photos matches. */
export function useNothing(shown: Shown[]): boolean {
  const none = matchesOf(shown) === 0 && shown.every(({ probability = 0 }) => probability < UNLIKELY);
  const [settled, setSettled] = useState<Shown[]>();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(shown), SETTLED);
    return () => clearTimeout(timer);
  }, [shown]);
  return none && settled === shown;
}

/** Folds the grid away where nothing in it matches; the nearest few are shown on demand. */
export function NothingMatches({ shown, children }: { shown: Shown[]; children: (few: boolean) => ReactNode }) {
  const { grid } = useTexts();
  const said = useNothing(shown);
  const [unfolded, setUnfolded] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is folded anew.
  useEffect(() => setUnfolded(false), [shown]);
  return (
    <>
      <div role="status" className="nothing">
        {said && <p>{grid.nothing}</p>}
      </div>
      {said && (
        <button type="button" className="button nearest" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? grid.fold : grid.unfold}
        </button>
      )}
      {/* Kept where it is, so that its pictures need not be loaded again. */}
      <div hidden={said && !unfolded}>{children(said)}</div>
    </>
  );
}
