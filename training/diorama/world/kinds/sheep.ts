import { ball, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const leg = (x: number, z: number) => [cylinder([0.07, 0.06, 0.42], [x, 0.21, z], 0x3b332f)];

export const sheep: Kind = {
  reach: 0.8,
  girth: 0.46,
  height: 1.2,
  swing: 0.6,
  faces: "either",
  parts: [
    ...[-0.45, -0.15, 0.15].flatMap((x) =>
      [0.16, -0.16].flatMap((z) => [ball([0.32, 0.3, 0.3], [x, 0.62, z], "main"), ball([0.26, 0.24, 0.24], [x, 0.86, z * 0.8], "main")]),
    ),
    ball([0.3, 0.28, 0.3], [0.4, 0.72, 0], "main"),
    ball([0.26, 0.2, 0.19], [0.62, 0.95, 0], 0x3b332f),
    ball([0.2, 0.14, 0.2], [0.5, 1.1, 0], "main"),
    ball([0.06, 0.05, 0.17], [0.5, 0.98, 0.25], 0x3b332f),
    ball([0.06, 0.05, 0.17], [0.5, 0.98, -0.25], 0x3b332f),
    ball([0.035, 0.045, 0.035], [0.78, 1.02, 0.12], 0xffffff),
    ball([0.035, 0.045, 0.035], [0.78, 1.02, -0.12], 0xffffff),
    ball([0.12, 0.12, 0.12], [-0.74, 0.74, 0], "main"),
    ...[leg(0.2, 0.16), leg(0.2, -0.16), leg(-0.42, 0.16), leg(-0.42, -0.16)].flat(),
  ],
};
