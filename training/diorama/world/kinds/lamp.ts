import { box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const lamp: Kind = {
  reach: 0.42,
  girth: 0.42,
  height: 2.4,
  swing: 0.6,
  faces: "camera",
  parts: [
    cylinder([0.2, 0.34, 0.2], [0, 0.1, 0], "main"),
    cylinder([0.11, 0.13, 1.5], [0, 0.9, 0], "main"),
    cylinder([0.26, 0.14, 0.14], [0, 1.62, 0], "main", { sides: 6 }),
    cylinder([0.3, 0.2, 0.46], [0, 1.9, 0], 0xfff0b0, { sides: 6, tone: 1.6 }),
    cylinder([0.06, 0.46, 0.3], [0, 2.26, 0], "main", { sides: 6 }),
    box([0.1, 0.1, 0.1], [0, 2.42, 0], "main", { round: 0.04 }),
  ],
};
