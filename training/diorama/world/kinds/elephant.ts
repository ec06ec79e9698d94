import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const leg = (x: number, z: number) => [
  cylinder([0.18, 0.17, 0.6], [x, 0.3, z], "main"),
  cylinder([0.185, 0.185, 0.08], [x, 0.04, z], 0xe9e2d2),
];

export const elephant: Kind = {
  reach: 1.1,
  girth: 0.55,
  height: 1.6,
  swing: 0.5,
  faces: "either",
  parts: [
    ball([0.72, 0.56, 0.5], [-0.2, 0.92, 0], "main"),
    ball([0.4, 0.42, 0.38], [0.56, 1.12, 0], "main"),
    ball([0.1, 0.4, 0.32], [0.4, 1.1, 0.42], "main", { tone: 0.75, turn: [0, 0.5, 0] }),
    ball([0.1, 0.4, 0.32], [0.4, 1.1, -0.42], "main", { tone: 0.75, turn: [0, -0.5, 0] }),
    cylinder([0.1, 0.15, 0.5], [0.92, 0.86, 0], "main", { turn: [0, 0, 0.25] }),
    cylinder([0.08, 0.1, 0.42], [1.02, 0.5, 0], "main", { turn: [0, 0, 0.05] }),
    ball([0.1, 0.08, 0.09], [1.06, 0.3, 0], "main", { tone: 0.8 }),
    cylinder([0.015, 0.05, 0.34], [0.9, 0.78, 0.2], 0xfff7e6, { turn: [0, 0, -1.2] }),
    cylinder([0.015, 0.05, 0.34], [0.9, 0.78, -0.2], 0xfff7e6, { turn: [0, 0, -1.2] }),
    ball([0.045, 0.06, 0.045], [0.86, 1.24, 0.2], 0x111114),
    ball([0.045, 0.06, 0.045], [0.86, 1.24, -0.2], 0x111114),
    cylinder([0.02, 0.04, 0.5], [-0.92, 0.85, 0], "main", { turn: [0, 0, -0.35], tone: 0.8 }),
    ...[leg(0.24, 0.24), leg(0.24, -0.24), leg(-0.58, 0.24), leg(-0.58, -0.24)].flat(),
    box([0.5, 0.05, 0.9], [-0.2, 1.46, 0], 0xf2d26b, { round: 0.02 }),
  ],
};
