import { ball, box, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

const BEAK = 0xe8912d;
const leg = (z: number) => [
  cylinder([0.035, 0.035, 0.3], [0, 0.15, z], BEAK, { sides: 7 }),
  box([0.22, 0.04, 0.14], [0.05, 0.02, z], BEAK, { round: 0.02 }),
];

export const bird: Kind = {
  reach: 0.72,
  girth: 0.42,
  height: 1.2,
  swing: 0.55,
  faces: "either",
  parts: [
    ball([0.5, 0.38, 0.36], [-0.02, 0.58, 0], "main", { turn: [0, 0, 0.35] }),
    ball([0.28, 0.28, 0.27], [0.34, 0.92, 0], "main"),
    cylinder([0.005, 0.1, 0.28], [0.68, 0.9, 0], BEAK, { turn: [0, 0, -1.6], sides: 8 }),
    ball([0.05, 0.06, 0.04], [0.46, 1, 0.22], 0x111114),
    ball([0.05, 0.06, 0.04], [0.46, 1, -0.22], 0x111114),
    box([0.5, 0.08, 0.26], [-0.6, 0.42, 0], "main", { round: 0.03, turn: [0, 0, 0.35], tone: 0.7 }),
    ball([0.36, 0.22, 0.08], [-0.1, 0.62, 0.33], "main", { turn: [0, 0, 0.35], tone: 0.65 }),
    ball([0.36, 0.22, 0.08], [-0.1, 0.62, -0.33], "main", { turn: [0, 0, 0.35], tone: 0.65 }),
    ...leg(0.13),
    ...leg(-0.13),
  ],
};
