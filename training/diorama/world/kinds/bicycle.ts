import { box, cylinder, ring, rod } from "../parts.ts";
import type { Kind } from "./kind.ts";

const wheel = (x: number) => [
  ring(0.42, 0.06, [x, 0.48, 0], 0x1b1b1f),
  ring(0.35, 0.02, [x, 0.48, 0], 0xd0d3d8),
  ...[0, 1.05, 2.1].map((angle) => cylinder([0.012, 0.012, 0.72], [x, 0.48, 0], 0xd0d3d8, { turn: [0, 0, angle], sides: 5 })),
  cylinder([0.07, 0.07, 0.16], [x, 0.48, 0], 0x8b9097, { turn: [1.57, 0, 0], sides: 10 }),
];

export const bicycle: Kind = {
  reach: 1.1,
  girth: 0.35,
  height: 1.4,
  swing: 0.4,
  faces: "either",
  parts: [
    ...wheel(-0.62),
    ...wheel(0.62),
    rod([-0.62, 0.48], [-0.05, 0.45], 0.055, 0, "main"),
    rod([-0.62, 0.48], [-0.2, 1], 0.055, 0, "main"),
    rod([-0.05, 0.45], [-0.24, 1.12], 0.065, 0, "main"),
    rod([-0.2, 1], [0.42, 1.05], 0.07, 0, "main"),
    rod([-0.05, 0.45], [0.44, 0.98], 0.07, 0, "main"),
    rod([0.62, 0.48], [0.4, 1.25], 0.06, 0, "main"),
    box([0.4, 0.1, 0.24], [-0.26, 1.16, 0], 0x26262b, { round: 0.04 }),
    cylinder([0.045, 0.045, 0.62], [0.42, 1.28, 0], 0x26262b, { turn: [1.57, 0, 0], sides: 8 }),
    cylinder([0.13, 0.13, 0.08], [-0.05, 0.45, 0], 0x8b9097, { turn: [1.57, 0, 0] }),
  ],
};
