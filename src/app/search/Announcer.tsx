import { useEffect, useState } from "react";
import { type Texts, useTexts } from "../texts/texts";
import { matchesOf } from "./Matches";
import type { Search } from "./use-search";

/** Milliseconds without another answer after which it is told: each key's would drown what is typed. */
const SETTLED = 700;

/** Tells those who do not see the grid what an answer is. */
export function Announcer({ search: { found, shown }, reranked }: { search: Search; reranked: boolean }) {
  const { told } = useTexts();
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(found ? saidOf(shown, reranked, told) : ""), SETTLED);
    return () => clearTimeout(timer);
  }, [found, shown, reranked, told]);
  return (
    <p className="visually-hidden" role="status" data-testid="told">
      {said}
    </p>
  );
}

function saidOf(shown: Search["shown"], reranked: boolean, told: Texts["told"]): string {
  const [best] = shown;
  if (!best) return told.none;
  const matches = matchesOf(shown);
  // That nothing matches is said beside the grid.
  const many = matches === 0 ? "" : matches === undefined ? told.best(shown.length) : told.matches(matches);
  const { captions, title, id } = best.item;
  return `${reranked ? told.reranked : ""}${many}${told.first(captions?.[0] ?? title ?? id)}`;
}
