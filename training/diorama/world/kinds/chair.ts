import { box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const chair: Kind = {
  reach: 0.5,
  girth: 0.48,
  height: 1.4,
  swing: 0.6,
  faces: "either",
  parts: [
    box([0.84, 0.12, 0.84], [0, 0.62, 0], "main", { round: 0.05 }),
    box([0.12, 0.4, 0.84], [-0.4, 1.16, 0], "main", { round: 0.05 }),
    ...[0.3, 0, -0.3].map((z) => box([0.07, 0.4, 0.07], [-0.4, 0.86, z], "main", { tone: 0.8 })),
    ...[0.34, -0.34].flatMap((z) => [
      cylinder([0.06, 0.05, 0.6], [0.34, 0.3, z], "main"),
      cylinder([0.06, 0.05, 0.6], [-0.38, 0.3, z], "main"),
    ]),
    box([0.7, 0.05, 0.05], [0, 0.26, 0.34], "main", { tone: 0.8 }),
    box([0.7, 0.05, 0.05], [0, 0.26, -0.34], "main", { tone: 0.8 }),
  ],
};
