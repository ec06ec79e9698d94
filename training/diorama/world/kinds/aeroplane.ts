import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const aeroplane: Kind = {
  reach: 1.2,
  girth: 0.9,
  height: 1.25,
  swing: 0.5,
  faces: "either",
  parts: [
    ball([1.1, 0.32, 0.3], [0, 0.66, 0], "main"),
    box([0.5, 0.07, 1.8], [0.12, 0.6, 0], "main", { round: 0.03, tone: 0.85 }),
    box([0.26, 0.05, 0.8], [-0.92, 0.72, 0], "main", { round: 0.02, tone: 0.85 }),
    box([0.34, 0.5, 0.06], [-0.94, 0.98, 0], "main", { round: 0.02 }),
    ball([0.3, 0.2, 0.22], [0.4, 0.88, 0], 0x9fd4ec),
    ...[-0.45, -0.2, 0.05].flatMap((x) => [0.27, -0.27].map((z) => ball([0.06, 0.06, 0.03], [x, 0.76, z], 0x9fd4ec))),
    ball([0.14, 0.12, 0.12], [1.1, 0.66, 0], 0xf2c531),
    box([0.04, 0.74, 0.1], [1.2, 0.66, 0], 0x3c4046, { round: 0.01 }),
    ...[0.34, -0.34].flatMap((z) => [
      cylinder([0.03, 0.03, 0.42], [0.3, 0.36, z], 0x8b9097),
      cylinder([0.16, 0.16, 0.1], [0.3, 0.16, z], 0x1b1b1f, { turn: [Math.PI / 2, 0, 0] }),
    ]),
    cylinder([0.1, 0.1, 0.08], [-0.84, 0.1, 0], 0x1b1b1f, { turn: [Math.PI / 2, 0, 0] }),
    cylinder([0.02, 0.02, 0.44], [-0.84, 0.32, 0], 0x8b9097),
  ],
};
