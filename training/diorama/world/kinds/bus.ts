import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const wheel = (x: number, z: number) => [
  cylinder([0.27, 0.27, 0.18], [x, 0.27, z], 0x1b1b1f, { turn: [Math.PI / 2, 0, 0], sides: 18 }),
  cylinder([0.12, 0.12, 0.2], [x, 0.27, z], 0xc9ccd1, { turn: [Math.PI / 2, 0, 0] }),
];

export const bus: Kind = {
  reach: 1.3,
  girth: 0.55,
  height: 1.5,
  swing: 0.55,
  faces: "either",
  parts: [
    box([2.5, 0.98, 0.98], [0, 0.86, 0], "main", { round: 0.14 }),
    ...[-0.8, -0.3, 0.2].map((x) => box([0.4, 0.36, 1.01], [x, 1.05, 0], 0x9fd4ec, { round: 0.05 })),
    box([0.3, 0.62, 1.01], [0.72, 0.86, 0], 0x9fd4ec, { round: 0.05 }),
    box([0.06, 0.44, 0.8], [1.24, 1.02, 0], 0x9fd4ec, { round: 0.02 }),
    box([2.52, 0.07, 1], [0, 0.72, 0], 0xf7f3e8),
    box([2.3, 0.08, 0.8], [0, 1.38, 0], "main", { tone: 0.75, round: 0.03 }),
    ball([0.05, 0.09, 0.09], [1.25, 0.6, 0.32], 0xfff3b0, { tone: 1.3 }),
    ball([0.05, 0.09, 0.09], [1.25, 0.6, -0.32], 0xfff3b0, { tone: 1.3 }),
    ...[0.75, -0.75].flatMap((x) => [0.44, -0.44].flatMap((z) => wheel(x, z))),
  ],
};
