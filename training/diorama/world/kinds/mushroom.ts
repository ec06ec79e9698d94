import { ball, cylinder, dome } from "../parts.ts";
import type { Kind } from "./kind.ts";

const dot = (around: number, up: number) => {
  const [x, y, z] = [Math.cos(around) * Math.cos(up), Math.sin(up), Math.sin(around) * Math.cos(up)];
  return ball([0.11, 0.08, 0.11], [x * 0.66, 0.62 + y * 0.56, z * 0.66], 0xf6ecd6);
};

export const mushroom: Kind = {
  reach: 0.7,
  girth: 0.7,
  height: 1.2,
  swing: 3.14,
  faces: "camera",
  parts: [
    cylinder([0.24, 0.32, 0.7], [0, 0.35, 0], 0xf2e6cc),
    dome([0.7, 0.6, 0.7], [0, 0.6, 0], "main"),
    cylinder([0.68, 0.5, 0.08], [0, 0.57, 0], 0xe6d6b6, { sides: 24 }),
    ...[0.3, 1.5, 2.7, 3.9, 5.1].map((around, index) => dot(around, 0.35 + 0.2 * (index % 2))),
    ...[1, 3.1, 5.2].map((around) => dot(around, 1.05)),
  ],
};
