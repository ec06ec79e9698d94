import { ball, cylinder, dome, ring } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const umbrella: Kind = {
  reach: 0.85,
  girth: 0.85,
  height: 1.75,
  swing: 0.8,
  faces: "either",
  parts: [
    dome([0.84, 0.46, 0.84], [0, 1.16, 0], "main"),
    ...[0, 1, 2, 3].map((i) => dome([0.85, 0.47, 0.12], [0, 1.16, 0], "main", { turn: [0, (i * Math.PI) / 4, 0], tone: 0.68 })),
    cylinder([0.82, 0.84, 0.03], [0, 1.15, 0], "main", { tone: 0.45, sides: 24 }),
    cylinder([0.035, 0.035, 1.3], [0, 0.72, 0], 0x6b4a2f),
    ball([0.04, 0.09, 0.04], [0, 1.68, 0], 0x6b4a2f),
    ring(0.14, 0.035, [0.14, 0.14, 0], 0x6b4a2f),
  ],
};
