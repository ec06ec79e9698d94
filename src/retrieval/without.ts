import { type Against, loss } from "./compose";
import type { Answer, Scan, SearchOptions, Vector } from "./scan";

/** How many times as many rows as are asked for are looked at; and if that was too few. */
const [FEW, MANY] = [4, 20];

/**
 * The k rows with the highest scores less what they lose by what is left out. No row gains by it, so a row can only have been missed where those
 * that were looked at end above the last of the k: then more are looked at, and if that is not enough either, the answer is not `exact`.
 */
export async function searchWithout(
  scan: Pick<Scan, "search" | "vector">,
  vector: Vector,
  against: readonly Against[],
  k: number,
  options: SearchOptions = {},
): Promise<Answer> {
  if (against.length === 0) return scan.search(vector, k, options);
  const look = async (most: number) => {
    const answer = await scan.search(vector, most, options);
    const less = answer.hits.map(({ row, score }) => ({ row, score: score - loss(scan.vector(row), against) }));
    const hits = less.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, k);
    const all = answer.hits.length < most || hits.at(-1)!.score >= answer.hits.at(-1)!.score;
    return { all, answer: { ...answer, hits, exact: answer.exact && all } };
  };
  const few = await look(k * FEW);
  return few.all ? few.answer : (await look(k * MANY)).answer;
}
