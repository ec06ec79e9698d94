import { box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const castle: Kind = {
  reach: 1.1,
  girth: 0.75,
  height: 2.1,
  swing: 0.4,
  faces: "camera",
  parts: [
    box([1.5, 0.95, 0.9], [0, 0.48, 0], "main"),
    ...[-0.5, -0.17, 0.17, 0.5].map((x) => box([0.2, 0.2, 0.2], [x, 1.04, 0.35], "main")),
    ...[-0.8, 0.8].flatMap((x) => [
      cylinder([0.32, 0.34, 1.4], [x, 0.7, 0.1], "main", { sides: 14 }),
      cylinder([0.37, 0.34, 0.14], [x, 1.44, 0.1], "main", { sides: 14, tone: 0.8 }),
      cylinder([0.01, 0.38, 0.56], [x, 1.78, 0.1], 0x4b5b8c, { sides: 14 }),
      box([0.1, 0.24, 0.08], [x, 0.9, 0.42], 0x2b2530),
    ]),
    box([0.44, 0.6, 0.1], [0, 0.3, 0.44], 0x4d3527, { round: 0.04 }),
    ...[-0.1, 0.02, 0.14].map((x) => box([0.03, 0.56, 0.12], [x, 0.3, 0.45], 0x8b9097)),
    box([0.14, 0.2, 0.1], [-0.42, 0.68, 0.44], 0xffdf8a, { tone: 1.2 }),
    box([0.14, 0.2, 0.1], [0.42, 0.68, 0.44], 0xffdf8a, { tone: 1.2 }),
  ],
};
