import { ball, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const cake: Kind = {
  reach: 0.7,
  girth: 0.7,
  height: 1.3,
  swing: 0.8,
  faces: "either",
  parts: [
    cylinder([0.74, 0.74, 0.05], [0, 0.03, 0], 0xeef0f2, { sides: 24 }),
    cylinder([0.62, 0.64, 0.44], [0, 0.27, 0], "main", { sides: 24 }),
    cylinder([0.43, 0.45, 0.36], [0, 0.66, 0], "main", { sides: 24 }),
    ...Array.from({ length: 12 }, (_, i) =>
      ball([0.11, 0.09, 0.11], [0.58 * Math.cos(i * 0.5236), 0.5, 0.58 * Math.sin(i * 0.5236)], 0xfffaf0),
    ),
    ...Array.from({ length: 9 }, (_, i) =>
      ball([0.09, 0.08, 0.09], [0.39 * Math.cos(i * 0.698), 0.85, 0.39 * Math.sin(i * 0.698)], 0xfffaf0),
    ),
    ...[-0.16, 0, 0.16].flatMap((x) => [
      cylinder([0.03, 0.03, 0.26], [x, 0.97, 0.05 - Math.abs(x)], 0xfff3c4),
      ball([0.035, 0.07, 0.035], [x, 1.16, 0.05 - Math.abs(x)], 0xffb347, { tone: 1.4 }),
    ]),
  ],
};
