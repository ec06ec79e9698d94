import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const table: Kind = {
  reach: 0.95,
  girth: 0.6,
  height: 1.05,
  swing: 0.5,
  faces: "either",
  parts: [
    box([1.8, 0.12, 1.1], [0, 0.86, 0], "main", { round: 0.05 }),
    box([1.5, 0.12, 0.8], [0, 0.76, 0], "main", { tone: 0.75 }),
    ...[0.75, -0.75].flatMap((x) => [0.42, -0.42].map((z) => cylinder([0.09, 0.06, 0.8], [x, 0.4, z], "main", { tone: 0.9 }))),
    cylinder([0.16, 0.1, 0.14], [0.3, 0.99, 0.1], 0xf7f3e8),
    ball([0.12, 0.05, 0.12], [0.3, 1.06, 0.1], 0x8ccf5c),
  ],
};
