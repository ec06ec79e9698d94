import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const robot: Kind = {
  reach: 0.55,
  girth: 0.4,
  height: 1.75,
  swing: 0.5,
  faces: "camera",
  parts: [
    box([0.7, 0.66, 0.46], [0, 0.86, 0], "main", { round: 0.08 }),
    box([0.54, 0.42, 0.42], [0, 1.42, 0], "main", { round: 0.08 }),
    box([0.42, 0.2, 0.06], [0, 1.45, 0.2], 0x22262e, { round: 0.03 }),
    ball([0.06, 0.06, 0.04], [0.1, 1.45, 0.23], 0x7df0ff, { tone: 1.4 }),
    ball([0.06, 0.06, 0.04], [-0.1, 1.45, 0.23], 0x7df0ff, { tone: 1.4 }),
    cylinder([0.1, 0.1, 0.1], [0, 1.2, 0], 0x8b9097),
    cylinder([0.02, 0.02, 0.2], [0, 1.7, 0], 0x8b9097),
    ball([0.06, 0.06, 0.06], [0, 1.8, 0], 0xff5a4c, { tone: 1.2 }),
    box([0.36, 0.26, 0.06], [0, 0.9, 0.23], 0xdfe3e8, { round: 0.02 }),
    ...[-0.1, 0, 0.1].map((x, i) => ball([0.035, 0.035, 0.03], [x, 0.94, 0.27], [0xe23d3d, 0xf2c531, 0x4cba55][i]!)),
    ...[0.46, -0.46].flatMap((x) => [
      cylinder([0.08, 0.08, 0.56], [x, 0.82, 0], 0x8b9097),
      ball([0.12, 0.12, 0.12], [x, 1.12, 0], "main", { tone: 0.75 }),
      box([0.18, 0.14, 0.18], [x, 0.5, 0], "main", { tone: 0.75, round: 0.04 }),
    ]),
    ...[0.19, -0.19].flatMap((x) => [
      cylinder([0.1, 0.1, 0.42], [x, 0.34, 0], 0x8b9097),
      box([0.26, 0.14, 0.38], [x, 0.07, 0.05], "main", { round: 0.04, tone: 0.75 }),
    ]),
  ],
};
