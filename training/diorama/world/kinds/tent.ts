import { box, cylinder, slab } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const tent: Kind = {
  reach: 0.95,
  girth: 0.75,
  height: 1.35,
  swing: 0.4,
  faces: "camera",
  parts: [
    slab(
      [
        [-0.92, 0],
        [0.92, 0],
        [0, 1.25],
      ],
      1.3,
      [0, 0, 0],
      "main",
    ),
    slab(
      [
        [-0.32, 0],
        [0.32, 0],
        [0, 0.9],
      ],
      0.06,
      [0, 0, 0.66],
      0x2b2530,
    ),
    slab(
      [
        [-0.42, 0],
        [-0.3, 0],
        [0, 0.92],
        [0, 1.04],
      ],
      0.1,
      [0, 0, 0.67],
      "main",
      { tone: 0.6 },
    ),
    slab(
      [
        [0.42, 0],
        [0.3, 0],
        [0, 0.92],
        [0, 1.04],
      ],
      0.1,
      [0, 0, 0.67],
      "main",
      { tone: 0.6 },
    ),
    box([0.09, 0.09, 1.42], [0, 1.26, 0], 0xd8c08a),
    cylinder([0.02, 0.02, 1.4], [0, 0.7, 0.7], 0xd8c08a, { sides: 6 }),
  ],
};
