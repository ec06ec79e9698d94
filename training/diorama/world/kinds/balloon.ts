import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const balloon: Kind = {
  reach: 0.85,
  girth: 0.85,
  height: 2.5,
  swing: 0.8,
  faces: "either",
  parts: [
    ball([0.82, 0.92, 0.82], [0, 1.58, 0], "main"),
    ...[0, 1, 2, 3, 4, 5].map((i) =>
      ball([0.83, 0.9, 0.2], [0, 1.58, 0], "main", { turn: [0, (i * Math.PI) / 6, 0], tone: i % 2 === 0 ? 0.72 : 1 }),
    ),
    cylinder([0.5, 0.2, 0.5], [0, 0.72, 0], "main", { tone: 0.85, sides: 16 }),
    ...[0.18, -0.18].flatMap((x) => [0.18, -0.18].map((z) => cylinder([0.015, 0.015, 0.5], [x, 0.52, z], 0x6b4a2f, { sides: 5 }))),
    box([0.5, 0.34, 0.5], [0, 0.18, 0], 0xb07c46, { round: 0.05 }),
    box([0.54, 0.07, 0.54], [0, 0.34, 0], 0x7d5430, { round: 0.02 }),
  ],
};
