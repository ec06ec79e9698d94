import { ball, box } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const bed: Kind = {
  reach: 1.15,
  girth: 0.62,
  height: 1.1,
  swing: 0.5,
  faces: "either",
  parts: [
    box([2.1, 0.2, 1.16], [0, 0.32, 0], 0x9c6b43, { round: 0.04 }),
    box([0.12, 0.96, 1.2], [-1.05, 0.52, 0], 0x9c6b43, { round: 0.05 }),
    box([0.12, 0.6, 1.2], [1.05, 0.36, 0], 0x9c6b43, { round: 0.05 }),
    box([1.96, 0.2, 1.08], [0, 0.5, 0], 0xfaf6ee, { round: 0.08 }),
    box([1.36, 0.24, 1.14], [0.32, 0.55, 0], "main", { round: 0.1 }),
    box([0.2, 0.26, 1.16], [-0.3, 0.57, 0], "main", { round: 0.08, tone: 0.7 }),
    ball([0.26, 0.13, 0.4], [-0.72, 0.68, 0], 0xfffdf8),
    ...[0.98, -0.98].flatMap((x) => [0.5, -0.5].map((z) => box([0.12, 0.26, 0.12], [x, 0.13, z], 0x7d5430))),
  ],
};
