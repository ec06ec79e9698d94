import { useEffect, useState } from "react";
import { matchesOf } from "./Matches";
import type { Search } from "./use-search";

/** Milliseconds without another answer after which it is told: each key's would drown what is typed. */
const SETTLED = 700;

/** Tells those who do not see the grid what an answer is. */
export function Announcer({ search: { found, shown }, reranked }: { search: Search; reranked: boolean }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(found ? told(shown, reranked) : ""), SETTLED);
    return () => clearTimeout(timer);
  }, [found, shown, reranked]);
  return (
    <p className="visually-hidden" role="status" data-testid="told">
      {said}
    </p>
  );
}

function told(shown: Search["shown"], reranked: boolean): string {
  const [best] = shown;
  if (!best) return "No pictures.";
  const matches = matchesOf(shown);
  // That nothing matches is said beside the grid.
  const many =
    matches === 0
      ? ""
      : matches === undefined
        ? `The best ${shown.length} pictures. `
        : `${matches} ${matches === 1 ? "picture matches" : "pictures match"}. `;
  const { captions, title, id } = best.item;
  return `${reranked ? "Re-ranked. " : ""}${many}First: ${captions?.[0] ?? title ?? id}`;
}
