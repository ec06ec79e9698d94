import { box } from "../parts.ts";
import type { Kind } from "./kind.ts";

const IRON = 0x3a3d42;
const side = (x: number) => [
  box([0.1, 0.5, 0.1], [x, 0.25, 0.26], IRON),
  box([0.1, 1.1, 0.1], [x, 0.55, -0.28], IRON, { turn: [-0.1, 0, 0] }),
  box([0.1, 0.08, 0.62], [x, 0.76, 0], IRON),
  box([0.08, 0.3, 0.08], [x, 0.62, 0.26], IRON),
];

export const bench: Kind = {
  reach: 0.95,
  girth: 0.45,
  height: 1.15,
  swing: 0.5,
  faces: "camera",
  parts: [
    ...[-0.18, 0.06, 0.3].map((z) => box([1.8, 0.1, 0.2], [0, 0.5, z], "main", { round: 0.03 })),
    ...[0.78, 1.04].map((y) => box([1.8, 0.2, 0.08], [0, y, -0.24 - (y - 0.6) * 0.1], "main", { round: 0.03 })),
    ...side(-0.78),
    ...side(0.78),
  ],
};
