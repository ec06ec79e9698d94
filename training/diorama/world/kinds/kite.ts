import { ball, box, cylinder, slab } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const kite: Kind = {
  reach: 0.6,
  girth: 0.3,
  height: 2.1,
  swing: 0.35,
  faces: "camera",
  parts: [
    slab(
      [
        [0, 0.62],
        [0.56, 1.34],
        [0, 1.86],
        [-0.56, 1.34],
      ],
      0.06,
      [0, 0.1, 0],
      "main",
    ),
    slab(
      [
        [0, 0.62],
        [0.56, 1.34],
        [0, 1.34],
      ],
      0.08,
      [0, 0.1, 0],
      "main",
      { tone: 0.62 },
    ),
    slab(
      [
        [0, 1.86],
        [-0.56, 1.34],
        [0, 1.34],
      ],
      0.08,
      [0, 0.1, 0],
      "main",
      { tone: 0.62 },
    ),
    box([0.03, 1.28, 0.1], [0, 1.34, 0], 0xf7f1e2),
    box([1.12, 0.03, 0.1], [0, 1.44, 0], 0xf7f1e2),
    ...[0.56, 0.38, 0.2].flatMap((y, i) => [
      ball([0.1, 0.05, 0.03], [(i % 2 ? 0.12 : -0.06) + 0.07, y, 0], 0xfff3d0, { turn: [0, 0, 0.4] }),
      ball([0.1, 0.05, 0.03], [(i % 2 ? 0.12 : -0.06) - 0.07, y, 0], 0xfff3d0, { turn: [0, 0, -0.4] }),
    ]),
    cylinder([0.01, 0.01, 0.74], [0, 0.37, 0], 0xf7f1e2, { sides: 5 }),
  ],
};
