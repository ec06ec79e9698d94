export const SPLITS = ["test", "val", "train"] as const;
export type Split = (typeof SPLITS)[number];

/** The number of each split's first scene. */
export const FIRST_NUMBER: Readonly<Record<Split, number>> = { test: 0, val: 1000, train: 1500 };

export function splitOf(number: number): Split {
  if (number >= FIRST_NUMBER.train) return "train";
  return number >= FIRST_NUMBER.val ? "val" : "test";
}
