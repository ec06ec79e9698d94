import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const rocket: Kind = {
  reach: 0.55,
  girth: 0.55,
  height: 2.2,
  swing: 0.8,
  faces: "either",
  parts: [
    cylinder([0.36, 0.36, 1.05], [0, 1, 0], "main", { sides: 20 }),
    cylinder([0.005, 0.36, 0.7], [0, 1.86, 0], "main", { sides: 20, tone: 0.7 }),
    cylinder([0.37, 0.37, 0.1], [0, 1.5, 0], 0xf7f3e8, { sides: 20 }),
    cylinder([0.37, 0.37, 0.1], [0, 0.6, 0], 0xf7f3e8, { sides: 20 }),
    cylinder([0.2, 0.32, 0.26], [0, 0.36, 0], 0x4a4d55, { sides: 16 }),
    ball([0.16, 0.16, 0.06], [0, 1.18, 0.34], 0xf7f3e8),
    ball([0.12, 0.12, 0.06], [0, 1.18, 0.37], 0x66c4ee),
    ...[0, 1, 2, 3].map((i) => {
      const angle = (i * Math.PI) / 2 + Math.PI / 4;
      return box([0.44, 0.66, 0.06], [0.42 * Math.cos(angle), 0.36, -0.42 * Math.sin(angle)], "main", {
        turn: [0, angle, 0],
        tone: 0.7,
        round: 0.02,
      });
    }),
  ],
};
