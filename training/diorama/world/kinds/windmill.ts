import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const windmill: Kind = {
  reach: 0.95,
  girth: 0.6,
  height: 2.4,
  swing: 0.35,
  faces: "camera",
  parts: [
    cylinder([0.38, 0.62, 1.5], [0, 0.75, 0], "main", { sides: 8 }),
    cylinder([0.02, 0.46, 0.5], [0, 1.74, 0], 0x6d4334, { sides: 8 }),
    box([0.3, 0.5, 0.1], [0, 0.25, 0.56], 0x4d3527, { round: 0.03 }),
    box([0.22, 0.24, 0.1], [0, 0.92, 0.47], 0xffdf8a, { tone: 1.2, round: 0.02 }),
    cylinder([0.07, 0.07, 0.4], [0, 1.52, 0.5], 0x4d3527, { turn: [Math.PI / 2, 0, 0] }),
    ball([0.1, 0.1, 0.08], [0, 1.52, 0.7], 0x4d3527),
    ...[0, 1, 2, 3].flatMap((i) => {
      const angle = (i * Math.PI) / 2 + 0.5;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      return [
        box([0.92, 0.06, 0.04], [0.46 * c, 1.52 + 0.46 * s, 0.68], 0x4d3527, { turn: [0, 0, angle] }),
        box([0.66, 0.26, 0.03], [0.56 * c - 0.14 * s, 1.52 + 0.56 * s + 0.14 * c, 0.68], 0xf7f1e2, { turn: [0, 0, angle] }),
      ];
    }),
  ],
};
