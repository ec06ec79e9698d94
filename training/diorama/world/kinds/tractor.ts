import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const wheel = (x: number, radius: number, z: number) => [
  cylinder([radius, radius, 0.24], [x, radius, z], 0x222226, { turn: [Math.PI / 2, 0, 0], sides: 16 }),
  cylinder([radius * 0.5, radius * 0.5, 0.26], [x, radius, z], 0xf2c531, { turn: [Math.PI / 2, 0, 0] }),
];

export const tractor: Kind = {
  reach: 1.05,
  girth: 0.6,
  height: 1.5,
  swing: 0.55,
  faces: "either",
  parts: [
    box([1.05, 0.42, 0.5], [0.42, 0.78, 0], "main", { round: 0.1 }),
    box([0.72, 0.5, 0.66], [-0.42, 0.66, 0], "main", { round: 0.1 }),
    ...[0.28, -0.28].flatMap((z) => [
      box([0.06, 0.66, 0.06], [-0.12, 1.14, z], 0x33363c),
      box([0.06, 0.66, 0.06], [-0.72, 1.14, z], 0x33363c),
    ]),
    box([0.84, 0.08, 0.74], [-0.42, 1.48, 0], "main", { round: 0.03 }),
    box([0.3, 0.3, 0.36], [-0.48, 0.98, 0], 0x33363c, { round: 0.06 }),
    cylinder([0.05, 0.05, 0.5], [0.62, 1.2, 0.1], 0x33363c),
    ...[0.12, -0.02, -0.16].map((y) => box([0.03, 0.06, 0.4], [0.95, 0.78 + y, 0], 0x33363c)),
    ball([0.05, 0.08, 0.08], [0.95, 0.92, 0.18], 0xfff3b0, { tone: 1.3 }),
    ball([0.05, 0.08, 0.08], [0.95, 0.92, -0.18], 0xfff3b0, { tone: 1.3 }),
    ...[0.44, -0.44].flatMap((z) => [...wheel(-0.46, 0.52, z), ...wheel(0.68, 0.3, z)]),
  ],
};
