import { dot } from "./dot";
import type { Vector } from "./scan";

/**
 * Cosine from which two pictures count as nearly the same. Of 76 photographs, saved again at half the size: at least 0.995 with the diorama pack,
 * 0.972 with photos-small; cropped by 2 % a side and brightened mostly above 0.965 and 0.94; different ones at most 0.93 and 0.78.
 */
const NEARLY_THE_SAME = 0.97;

/**
 * For each photo the place of the first that it is nearly the same picture as, its own if there is none: the same photo saved again, smaller, or a
 * little cropped.
 */
export function nearDuplicates(vectors: Vector[]): number[] {
  const norms = vectors.map((vector) => Math.sqrt(dot(vector, vector)));
  const leaders: number[] = [];
  for (const [place, vector] of vectors.entries()) {
    const same = (other: number) =>
      leaders[other] === other && dot(vector, vectors[other]!) >= NEARLY_THE_SAME * norms[place]! * norms[other]!;
    leaders.push(leaders.findIndex((_, other) => same(other)));
    if (leaders[place] === -1) leaders[place] = place;
  }
  return leaders;
}
