import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const wheel = (x: number, z: number) => [
  cylinder([0.29, 0.29, 0.2], [x, 0.29, z], 0x1b1b1f, { turn: [Math.PI / 2, 0, 0], sides: 18 }),
  cylinder([0.12, 0.12, 0.22], [x, 0.29, z], 0xc9ccd1, { turn: [Math.PI / 2, 0, 0] }),
];

export const lorry: Kind = {
  reach: 1.3,
  girth: 0.55,
  height: 1.55,
  swing: 0.55,
  faces: "either",
  parts: [
    box([0.72, 0.9, 0.92], [0.86, 0.86, 0], "main", { round: 0.12 }),
    box([0.34, 0.34, 0.94], [0.98, 1.02, 0], 0x9fd4ec, { round: 0.05 }),
    box([1.66, 1.1, 1], [-0.42, 1, 0], "main", { round: 0.04 }),
    ...[-0.9, -0.42, 0.06].map((x) => box([0.05, 1, 1.03], [x, 1, 0], "main", { tone: 0.62 })),
    box([2.4, 0.12, 0.7], [0, 0.36, 0], 0x5b6067),
    box([0.1, 0.16, 0.9], [1.24, 0.44, 0], 0xc9ccd1, { round: 0.03 }),
    ball([0.05, 0.08, 0.08], [1.23, 0.66, 0.32], 0xfff3b0, { tone: 1.3 }),
    ball([0.05, 0.08, 0.08], [1.23, 0.66, -0.32], 0xfff3b0, { tone: 1.3 }),
    cylinder([0.05, 0.05, 0.5], [0.46, 1.4, 0.36], 0xc9ccd1),
    ...[0.86, -0.3, -0.92].flatMap((x) => [0.42, -0.42].flatMap((z) => wheel(x, z))),
  ],
};
