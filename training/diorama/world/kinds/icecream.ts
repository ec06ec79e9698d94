import { ball, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const icecream: Kind = {
  reach: 0.45,
  girth: 0.45,
  height: 1.6,
  swing: 0.8,
  faces: "either",
  parts: [
    cylinder([0.36, 0.04, 0.85], [0, 0.44, 0], 0xd9a05a, { sides: 14 }),
    ...[0.25, 0.45, 0.65].map((y) => cylinder([0.03 + y * 0.42, 0.02 + y * 0.4, 0.03], [0, y, 0], 0xb57d3c, { sides: 14 })),
    cylinder([0.4, 0.37, 0.1], [0, 0.86, 0], 0xc98f4b, { sides: 14 }),
    ball([0.42, 0.36, 0.42], [0, 1.06, 0], "main"),
    ball([0.32, 0.28, 0.32], [0, 1.36, 0], "main"),
    ball([0.1, 0.1, 0.1], [0.06, 1.64, 0.06], 0xd92238),
    ...[0, 1, 2, 3, 4].map((i) => ball([0.12, 0.16, 0.12], [0.34 * Math.cos(i * 1.26), 0.86, 0.34 * Math.sin(i * 1.26)], "main")),
  ],
};
