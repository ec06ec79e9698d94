import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const wheel = (x: number, z: number) => [
  cylinder([0.25, 0.25, 0.12], [x, 0.25, z], 0x1b1b1f, { turn: [Math.PI / 2, 0, 0], sides: 16 }),
  cylinder([0.12, 0.12, 0.14], [x, 0.25, z], 0xc9ccd1, { turn: [Math.PI / 2, 0, 0] }),
];

export const train: Kind = {
  reach: 1.3,
  girth: 0.5,
  height: 1.6,
  swing: 0.45,
  faces: "either",
  parts: [
    cylinder([0.36, 0.36, 1.3], [0.42, 0.84, 0], "main", { turn: [0, 0, Math.PI / 2], sides: 20 }),
    cylinder([0.38, 0.38, 0.08], [1.06, 0.84, 0], 0x2a2c31, { turn: [0, 0, Math.PI / 2], sides: 20 }),
    box([0.8, 1, 0.86], [-0.72, 0.98, 0], "main", { round: 0.06 }),
    box([0.4, 0.34, 0.9], [-0.72, 1.16, 0], 0x9fd4ec, { round: 0.04 }),
    box([1, 0.1, 1], [-0.72, 1.52, 0], 0x2a2c31, { round: 0.03 }),
    cylinder([0.17, 0.1, 0.4], [0.78, 1.36, 0], 0x2a2c31),
    cylinder([0.12, 0.14, 0.22], [0.28, 1.24, 0], 0xe8c35a),
    box([2.3, 0.16, 0.7], [-0.04, 0.42, 0], 0x2a2c31),
    box([0.3, 0.2, 0.8], [1.2, 0.2, 0], 0xd23b2e, { turn: [0, 0, 0.35] }),
    ball([0.07, 0.11, 0.11], [1.1, 1.1, 0], 0xfff3b0, { tone: 1.3 }),
    ...[0.85, 0.3, -0.3, -0.85].flatMap((x) => [0.38, -0.38].flatMap((z) => wheel(x, z))),
    box([1.3, 0.06, 0.06], [0.2, 0.26, 0.5], 0xe8c35a),
  ],
};
