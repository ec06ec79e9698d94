import { box, cylinder, slab } from "../parts.ts";
import type { Kind } from "./kind.ts";

const ROOF = 0x7a4b3a;
const window = (x: number, y: number, z: number) => [
  box([0.36, 0.36, 0.06], [x, y, z], 0xf5efe0, { round: 0.02 }),
  box([0.27, 0.27, 0.08], [x, y, z], 0xffdf8a, { tone: 1.25 }),
  box([0.03, 0.27, 0.1], [x, y, z], 0xf5efe0),
];

export const house: Kind = {
  reach: 0.95,
  girth: 0.85,
  height: 2.15,
  swing: 0.4,
  faces: "camera",
  parts: [
    slab(
      [
        [-0.75, 0],
        [0.75, 0],
        [0.75, 1.05],
        [0, 1.8],
        [-0.75, 1.05],
      ],
      1.3,
      [0, 0, 0],
      "main",
    ),
    box([1.32, 0.12, 1.55], [-0.43, 1.43, 0], ROOF, { turn: [0, 0, 0.785] }),
    box([1.32, 0.12, 1.55], [0.43, 1.43, 0], ROOF, { turn: [0, 0, -0.785] }),
    box([0.24, 0.6, 0.24], [0.45, 1.8, -0.2], 0x9a9a9e),
    box([0.34, 0.64, 0.08], [0, 0.32, 0.65], 0x4d3527, { round: 0.03 }),
    cylinder([0.03, 0.03, 0.05], [0.1, 0.32, 0.7], 0xe8c35a, { turn: [1.57, 0, 0], sides: 8 }),
    ...window(-0.47, 0.62, 0.65),
    ...window(0.47, 0.62, 0.65),
    ...window(0, 1.2, 0.65),
    box([1.6, 0.1, 1.4], [0, 0.05, 0], 0x9a9a9e),
  ],
};
