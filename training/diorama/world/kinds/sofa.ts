import { box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const sofa: Kind = {
  reach: 1.05,
  girth: 0.55,
  height: 1.15,
  swing: 0.45,
  faces: "camera",
  parts: [
    box([1.9, 0.34, 0.9], [0, 0.36, 0], "main", { round: 0.1 }),
    box([1.9, 0.7, 0.26], [0, 0.76, -0.36], "main", { round: 0.12, tone: 0.9 }),
    box([0.28, 0.56, 0.94], [0.9, 0.5, 0], "main", { round: 0.12, tone: 0.82 }),
    box([0.28, 0.56, 0.94], [-0.9, 0.5, 0], "main", { round: 0.12, tone: 0.82 }),
    box([0.74, 0.16, 0.74], [0.38, 0.58, 0.08], "main", { round: 0.07 }),
    box([0.74, 0.16, 0.74], [-0.38, 0.58, 0.08], "main", { round: 0.07 }),
    box([0.4, 0.36, 0.14], [-0.52, 0.8, -0.12], 0xf6ecd2, { round: 0.06, turn: [-0.3, 0, 0.3] }),
    ...[0.8, -0.8].flatMap((x) => [0.34, -0.34].map((z) => cylinder([0.06, 0.04, 0.2], [x, 0.1, z], 0x5c4332))),
  ],
};
