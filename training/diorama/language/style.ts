/** "plain": a sentence or a phrase. "count": the same, with the numbers as its point. "terse": search words. */
export type Style = "plain" | "count" | "terse";
