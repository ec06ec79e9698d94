import { ball, cylinder, ring } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const cup: Kind = {
  reach: 0.72,
  girth: 0.52,
  height: 1,
  swing: 0.6,
  faces: "either",
  parts: [
    cylinder([0.62, 0.62, 0.06], [-0.05, 0.04, 0], 0xf7f3e8, { sides: 24 }),
    cylinder([0.48, 0.36, 0.78], [-0.05, 0.48, 0], "main", { sides: 24 }),
    cylinder([0.43, 0.43, 0.02], [-0.05, 0.88, 0], 0x5b3521, { sides: 24 }),
    ring(0.24, 0.07, [0.5, 0.52, 0], "main"),
    cylinder([0.485, 0.475, 0.08], [-0.05, 0.66, 0], 0xf7f3e8, { sides: 24 }),
    ball([0.05, 0.14, 0.05], [-0.1, 1.02, 0], 0xffffff, { tone: 0.9 }),
  ],
};
