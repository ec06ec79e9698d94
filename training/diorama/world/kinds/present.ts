import { ball, box, ring } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const present: Kind = {
  reach: 0.6,
  girth: 0.55,
  height: 1.15,
  swing: 0.7,
  faces: "either",
  parts: [
    box([1, 0.72, 0.96], [0, 0.36, 0], "main", { round: 0.04 }),
    box([1.08, 0.18, 1.04], [0, 0.78, 0], "main", { round: 0.04, tone: 0.85 }),
    box([0.18, 0.74, 0.99], [0, 0.37, 0], 0xfff3d0),
    box([1.02, 0.74, 0.18], [0, 0.37, 0], 0xfff3d0),
    box([0.19, 0.2, 1.07], [0, 0.78, 0], 0xfff3d0),
    box([1.1, 0.2, 0.19], [0, 0.78, 0], 0xfff3d0),
    ring(0.16, 0.055, [0.18, 0.98, 0], 0xfff3d0, { turn: [0.3, 0, 0.5] }),
    ring(0.16, 0.055, [-0.18, 0.98, 0], 0xfff3d0, { turn: [0.3, 0, -0.5] }),
    ball([0.1, 0.09, 0.1], [0, 0.92, 0], 0xfff3d0),
  ],
};
