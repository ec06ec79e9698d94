import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const MANE = 0x54382a;
const leg = (x: number, z: number) => [
  cylinder([0.12, 0.08, 0.8], [x, 0.46, z], "main"),
  cylinder([0.1, 0.12, 0.14], [x, 0.07, z], 0x2b2422),
];

export const horse: Kind = {
  reach: 1.05,
  girth: 0.4,
  height: 2,
  swing: 0.55,
  faces: "either",
  parts: [
    box([1.2, 0.56, 0.54], [-0.1, 1.05, 0], "main", { round: 0.24 }),
    box([0.36, 0.95, 0.34], [0.54, 1.45, 0], "main", { round: 0.14, turn: [0, 0, -0.5] }),
    box([0.62, 0.3, 0.32], [0.9, 1.72, 0], "main", { round: 0.13, turn: [0, 0, -0.45] }),
    box([0.14, 0.85, 0.14], [0.36, 1.6, 0], MANE, { round: 0.05, turn: [0, 0, -0.5] }),
    box([0.2, 0.16, 0.2], [0.66, 1.96, 0], MANE, { round: 0.06 }),
    cylinder([0.01, 0.06, 0.2], [0.66, 1.99, 0.11], "main", { tone: 0.8 }),
    cylinder([0.01, 0.06, 0.2], [0.66, 1.99, -0.11], "main", { tone: 0.8 }),
    ball([0.05, 0.06, 0.03], [0.86, 1.8, 0.16], 0x111114),
    ball([0.05, 0.06, 0.03], [0.86, 1.8, -0.16], 0x111114),
    box([0.16, 0.75, 0.16], [-0.78, 0.95, 0], MANE, { round: 0.07, turn: [0, 0, -0.3] }),
    ...[leg(0.34, 0.17), leg(0.34, -0.17), leg(-0.52, 0.17), leg(-0.52, -0.17)].flat(),
  ],
};
