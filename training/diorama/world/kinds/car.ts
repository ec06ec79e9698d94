import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const wheel = (x: number, z: number) => [
  cylinder([0.27, 0.27, 0.2], [x, 0.27, z], 0x1b1b1f, { turn: [Math.PI / 2, 0, 0], sides: 18 }),
  cylinder([0.12, 0.12, 0.22], [x, 0.27, z], 0xc9ccd1, { turn: [Math.PI / 2, 0, 0] }),
];

export const car: Kind = {
  reach: 1,
  girth: 0.52,
  height: 1.2,
  swing: 0.65,
  faces: "either",
  parts: [
    box([1.95, 0.48, 0.94], [0, 0.5, 0], "main", { round: 0.16 }),
    box([1.1, 0.52, 0.82], [-0.1, 0.9, 0], "main", { round: 0.16 }),
    box([0.4, 0.28, 0.84], [-0.36, 0.93, 0], 0x9fd4ec, { round: 0.05 }),
    box([0.4, 0.28, 0.84], [0.16, 0.93, 0], 0x9fd4ec, { round: 0.05 }),
    box([1.12, 0.26, 0.62], [-0.1, 0.93, 0], 0x9fd4ec, { round: 0.05 }),
    box([2, 0.1, 0.8], [0, 0.36, 0], 0x8b9097, { round: 0.04 }),
    ball([0.06, 0.1, 0.1], [0.96, 0.57, 0.29], 0xfff3b0, { tone: 1.3 }),
    ball([0.06, 0.1, 0.1], [0.96, 0.57, -0.29], 0xfff3b0, { tone: 1.3 }),
    ...[wheel(0.58, 0.42), wheel(0.58, -0.42), wheel(-0.58, 0.42), wheel(-0.58, -0.42)].flat(),
  ],
};
