import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const leg = (x: number, z: number) => [
  cylinder([0.08, 0.08, 0.4], [x, 0.2, z], "main"),
  ball([0.1, 0.06, 0.09], [x + 0.03, 0.05, z], 0xfbf3ea),
];

export const cat: Kind = {
  reach: 0.78,
  girth: 0.34,
  height: 1.2,
  swing: 0.6,
  faces: "either",
  parts: [
    ball([0.5, 0.32, 0.3], [-0.1, 0.5, 0], "main"),
    ball([0.32, 0.3, 0.3], [0.46, 0.84, 0], "main"),
    cylinder([0.005, 0.13, 0.26], [0.42, 1.17, 0.16], "main", { sides: 4 }),
    cylinder([0.005, 0.13, 0.26], [0.42, 1.17, -0.16], "main", { sides: 4 }),
    ball([0.12, 0.09, 0.15], [0.72, 0.76, 0], 0xfbf3ea),
    ball([0.04, 0.035, 0.045], [0.83, 0.81, 0], 0xe08a94),
    ball([0.04, 0.07, 0.04], [0.71, 0.93, 0.13], 0x9be05a),
    ball([0.04, 0.07, 0.04], [0.71, 0.93, -0.13], 0x9be05a),
    box([0.01, 0.015, 0.62], [0.8, 0.76, 0], 0xf6f6f6),
    cylinder([0.06, 0.07, 0.62], [-0.66, 0.78, 0], "main", { turn: [0, 0, 0.45] }),
    ball([0.07, 0.09, 0.07], [-0.8, 1.08, 0], "main", { tone: 0.6 }),
    ...[leg(0.22, 0.14), leg(0.22, -0.14), leg(-0.42, 0.14), leg(-0.42, -0.14)].flat(),
  ],
};
