import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const lighthouse: Kind = {
  reach: 0.6,
  girth: 0.6,
  height: 2.6,
  swing: 0.8,
  faces: "either",
  parts: [
    cylinder([0.62, 0.7, 0.16], [0, 0.08, 0], 0x8d8f94, { sides: 18 }),
    cylinder([0.34, 0.54, 1.6], [0, 0.94, 0], "main", { sides: 20 }),
    cylinder([0.475, 0.5, 0.28], [0, 0.5, 0], 0xfaf8f2, { sides: 20 }),
    cylinder([0.4, 0.425, 0.28], [0, 1.18, 0], 0xfaf8f2, { sides: 20 }),
    cylinder([0.48, 0.44, 0.1], [0, 1.78, 0], 0x3c4046, { sides: 20 }),
    cylinder([0.26, 0.26, 0.36], [0, 2, 0], 0xffedaa, { sides: 12, tone: 1.35 }),
    cylinder([0.02, 0.36, 0.3], [0, 2.32, 0], "main", { sides: 16, tone: 0.75 }),
    ball([0.05, 0.08, 0.05], [0, 2.5, 0], 0x3c4046),
    box([0.24, 0.36, 0.1], [0, 0.3, 0.52], 0x5c4332, { round: 0.03 }),
    box([0.14, 0.18, 0.1], [0, 0.86, 0.42], 0x6aa7c8, { round: 0.02 }),
    box([0.14, 0.18, 0.1], [0, 1.5, 0.34], 0x6aa7c8, { round: 0.02 }),
  ],
};
