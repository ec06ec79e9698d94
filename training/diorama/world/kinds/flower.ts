import { ball, cylinder } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const flower: Kind = {
  reach: 0.45,
  girth: 0.3,
  height: 1.45,
  swing: 0.4,
  faces: "camera",
  parts: [
    cylinder([0.045, 0.06, 0.95], [0, 0.48, 0], 0x3f9a45),
    ball([0.3, 0.06, 0.14], [0.26, 0.36, 0.04], 0x3f9a45, { turn: [0, 0, 0.6] }),
    ball([0.3, 0.06, 0.14], [-0.26, 0.28, 0.04], 0x3f9a45, { turn: [0, 0, -0.6] }),
    ...[0, 1, 2, 3, 4, 5, 6].map((i) => {
      const angle = (i * Math.PI * 2) / 7;
      return ball([0.23, 0.14, 0.08], [0.3 * Math.cos(angle), 1.06 + 0.3 * Math.sin(angle), 0.04], "main", { turn: [0, 0, angle] });
    }),
    ball([0.2, 0.2, 0.12], [0, 1.06, 0.08], 0x6b4226),
    ball([0.14, 0.14, 0.1], [0, 1.06, 0.12], 0xf0bd3a),
  ],
};
