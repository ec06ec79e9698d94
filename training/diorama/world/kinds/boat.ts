import { box, cylinder, slab } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const boat: Kind = {
  reach: 1.1,
  girth: 0.42,
  height: 2.2,
  swing: 0.5,
  faces: "either",
  parts: [
    slab(
      [
        [-0.85, 0],
        [0.65, 0],
        [1.08, 0.55],
        [-1, 0.55],
      ],
      0.62,
      [0, 0.04, 0],
      "main",
      { bevel: 0.07 },
    ),
    box([1.9, 0.06, 0.66], [0.02, 0.62, 0], 0xb98a5c, { round: 0.02 }),
    cylinder([0.045, 0.05, 1.6], [0.05, 1.38, 0], 0x6e4a30),
    slab(
      [
        [-0.02, 0.78],
        [-0.86, 0.82],
        [-0.02, 2.1],
      ],
      0.04,
      [0, 0, 0],
      0xf7eeda,
    ),
    slab(
      [
        [0.12, 0.85],
        [0.78, 0.85],
        [0.12, 1.85],
      ],
      0.04,
      [0, 0, 0],
      0xf7eeda,
      { tone: 0.92 },
    ),
    slab(
      [
        [0.05, 2.02],
        [0.05, 2.2],
        [-0.3, 2.11],
      ],
      0.04,
      [0, 0, 0],
      "main",
    ),
  ],
};
