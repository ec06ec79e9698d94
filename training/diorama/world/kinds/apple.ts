import { ball, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const apple: Kind = {
  reach: 0.6,
  girth: 0.58,
  height: 1.25,
  swing: 0.8,
  faces: "either",
  parts: [
    ball([0.52, 0.5, 0.5], [0.09, 0.5, 0], "main"),
    ball([0.52, 0.5, 0.5], [-0.09, 0.5, 0], "main"),
    ball([0.2, 0.05, 0.2], [0, 0.96, 0], "main", { tone: 0.55 }),
    cylinder([0.03, 0.045, 0.3], [0.02, 1.08, 0], 0x5c3d22, { turn: [0, 0, -0.2] }),
    ball([0.22, 0.05, 0.12], [0.24, 1.12, 0], 0x55a63a, { turn: [0, 0, 0.45] }),
    ball([0.1, 0.14, 0.05], [0.3, 0.7, 0.4], 0xffffff, { tone: 0.95 }),
  ],
};
