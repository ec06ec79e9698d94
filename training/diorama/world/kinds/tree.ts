import { cylinder, rock } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const tree: Kind = {
  reach: 0.75,
  girth: 0.7,
  height: 2.35,
  swing: 3.14,
  faces: "camera",
  parts: [
    cylinder([0.13, 0.2, 1], [0, 0.5, 0], 0x6b4429, { sides: 8 }),
    rock([0.72, 0.66, 0.7], [0, 1.5, 0], "main"),
    rock([0.5, 0.46, 0.5], [-0.34, 1.3, 0.18], "main", { turn: [0.4, 1, 0], tone: 0.9 }),
    rock([0.48, 0.44, 0.48], [0.36, 1.32, 0.12], "main", { turn: [1, 0.3, 0.5], tone: 0.94 }),
    rock([0.46, 0.42, 0.46], [0.04, 1.94, 0], "main", { turn: [0.2, 0.6, 1] }),
  ],
};
