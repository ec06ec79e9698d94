import { ball } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const cloud: Kind = {
  reach: 0.9,
  girth: 0.5,
  height: 1.7,
  swing: 0.8,
  faces: "either",
  parts: [
    ball([0.42, 0.36, 0.4], [0, 1.2, 0], "main"),
    ball([0.34, 0.28, 0.34], [0.42, 1.08, 0.04], "main"),
    ball([0.34, 0.28, 0.34], [-0.42, 1.06, 0.04], "main"),
    ball([0.24, 0.2, 0.26], [0.7, 1, 0], "main"),
    ball([0.24, 0.2, 0.26], [-0.7, 0.98, 0], "main"),
    ball([0.5, 0.2, 0.36], [0, 0.94, 0], "main", { tone: 0.85 }),
    ...[-0.45, -0.15, 0.15, 0.45].flatMap((x, i) => [
      ball([0.035, 0.1, 0.035], [x, 0.6 - (i % 2) * 0.14, 0.05], 0x8fd0f2),
      ball([0.035, 0.1, 0.035], [x + 0.08, 0.28 - (i % 2) * 0.1, -0.05], 0x8fd0f2),
    ]),
  ],
};
