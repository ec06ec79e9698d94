import { ball, cylinder, rod } from "../parts.ts";
import type { Kind } from "./kind.ts";

export const drum: Kind = {
  reach: 0.72,
  girth: 0.68,
  height: 1,
  swing: 0.8,
  faces: "either",
  parts: [
    cylinder([0.64, 0.64, 0.7], [0, 0.4, 0], "main", { sides: 24 }),
    cylinder([0.67, 0.67, 0.08], [0, 0.74, 0], 0xe8c35a, { sides: 24 }),
    cylinder([0.67, 0.67, 0.08], [0, 0.08, 0], 0xe8c35a, { sides: 24 }),
    cylinder([0.6, 0.6, 0.03], [0, 0.79, 0], 0xfaf3e2, { sides: 24 }),
    ...Array.from({ length: 10 }, (_, i) => {
      const angle = (i * Math.PI) / 5;
      return cylinder([0.025, 0.025, 0.66], [0.655 * Math.cos(angle), 0.4, 0.655 * Math.sin(angle)], 0xf7f3e8, {
        turn: [0.28 * Math.sin(angle) * (i % 2 ? 1 : -1), 0, 0.28 * Math.cos(angle) * (i % 2 ? 1 : -1)],
        sides: 6,
      });
    }),
    rod([-0.35, 0.84], [0.3, 1], 0.03, 0.1, 0xc9a06a),
    ball([0.06, 0.06, 0.06], [-0.36, 0.84, 0.1], 0xc9a06a),
    rod([0.35, 0.84], [-0.3, 1], 0.03, -0.1, 0xc9a06a),
    ball([0.06, 0.06, 0.06], [0.36, 0.84, -0.1], 0xc9a06a),
  ],
};
