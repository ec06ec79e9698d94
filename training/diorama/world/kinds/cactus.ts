import { ball, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const spine = (radius: number, y: number, angle: number) =>
  ball([0.03, 0.03, 0.03], [radius * Math.cos(angle), y, radius * Math.sin(angle)], 0xfff7dc);

export const cactus: Kind = {
  reach: 0.62,
  girth: 0.45,
  height: 1.6,
  swing: 0.5,
  faces: "camera",
  parts: [
    cylinder([0.42, 0.3, 0.4], [0, 0.2, 0], 0xb9653c, { sides: 16 }),
    cylinder([0.46, 0.46, 0.1], [0, 0.4, 0], 0xa35431, { sides: 16 }),
    cylinder([0.25, 0.27, 0.9], [0, 0.86, 0], "main", { sides: 10 }),
    ball([0.25, 0.25, 0.25], [0, 1.3, 0], "main"),
    cylinder([0.11, 0.11, 0.3], [0.34, 0.82, 0], "main", { turn: [0, 0, Math.PI / 2] }),
    cylinder([0.11, 0.11, 0.34], [0.5, 0.98, 0], "main"),
    ball([0.11, 0.11, 0.11], [0.5, 1.15, 0], "main"),
    ball([0.11, 0.11, 0.11], [0.5, 0.82, 0], "main"),
    cylinder([0.1, 0.1, 0.28], [-0.34, 0.98, 0], "main", { turn: [0, 0, Math.PI / 2] }),
    cylinder([0.1, 0.1, 0.26], [-0.48, 1.1, 0], "main"),
    ball([0.1, 0.1, 0.1], [-0.48, 1.24, 0], "main"),
    ...[0, 1, 2, 3, 4].flatMap((i) => [0.7, 0.95, 1.2].map((y) => spine(0.27, y, (i * Math.PI * 2) / 5 + y))),
    ball([0.12, 0.08, 0.12], [0, 1.54, 0], 0xf07aa5),
  ],
};
