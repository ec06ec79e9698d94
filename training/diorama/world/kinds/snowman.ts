import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const snowman: Kind = {
  reach: 0.55,
  girth: 0.5,
  height: 1.85,
  swing: 0.5,
  faces: "camera",
  parts: [
    ball([0.5, 0.46, 0.5], [0, 0.42, 0], 0xfcfdff),
    ball([0.37, 0.35, 0.37], [0, 1.02, 0], 0xfcfdff),
    ball([0.27, 0.26, 0.27], [0, 1.46, 0], 0xfcfdff),
    cylinder([0.32, 0.32, 0.14], [0, 1.25, 0], "main", { sides: 18 }),
    box([0.16, 0.46, 0.08], [0.2, 1.02, 0.34], "main", { turn: [-0.2, 0, 0.1], round: 0.03 }),
    cylinder([0.36, 0.36, 0.06], [0, 1.66, 0], "main", { sides: 18 }),
    cylinder([0.24, 0.25, 0.36], [0, 1.84, 0], "main", { sides: 18 }),
    cylinder([0.005, 0.06, 0.3], [0, 1.46, 0.36], 0xf2882a, { turn: [1.57, 0, 0], sides: 8 }),
    ...[0.1, -0.1].map((x) => ball([0.04, 0.04, 0.03], [x, 1.54, 0.23], 0x17171a)),
    ...[0.88, 1.04].map((y) => ball([0.045, 0.045, 0.03], [0, y, 0.36], 0x17171a)),
    cylinder([0.025, 0.03, 0.6], [0.56, 1.14, 0], 0x5c3d22, { turn: [0, 0, -1], sides: 6 }),
    cylinder([0.025, 0.03, 0.6], [-0.56, 1.14, 0], 0x5c3d22, { turn: [0, 0, 1], sides: 6 }),
  ],
};
