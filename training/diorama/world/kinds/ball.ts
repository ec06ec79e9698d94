import { ring, ball as sphere } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const ball: Kind = {
  reach: 0.5,
  girth: 0.5,
  height: 1,
  swing: 3.14,
  faces: "camera",
  parts: [
    sphere([0.5, 0.5, 0.5], [0, 0.5, 0], "main"),
    ring(0.475, 0.045, [0, 0.5, 0], 0xf6ecd6, { turn: [1.2, 0, 0.3] }),
    ring(0.475, 0.045, [0, 0.5, 0], 0xf6ecd6, { turn: [0.35, 1.2, 0.3] }),
  ],
};
