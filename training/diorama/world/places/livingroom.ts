import { ball, box, cylinder } from "../parts.ts";
import type { Place } from "./place.ts";

const picture = (x: number, y: number, width: number, height: number, paint: number) => [
  box([width, height, 0.1], [x, y, -6], 0x6b4a2f),
  box([width - 0.24, height - 0.24, 0.12], [x, y, -5.98], 0xf7f2e4),
  box([width - 0.6, height - 0.6, 0.13], [x, y, -5.97], paint),
];

/** A window with the sky behind it, and curtains. */
const pane = (x: number, y: number) => [
  box([2.6, 2.8, 0.12], [x, y, -6], 0xfaf6ec),
  box([2.3, 2.5, 0.14], [x, y, -5.98], 0xa8d6f0),
  box([0.08, 2.5, 0.16], [x, y, -5.97], 0xfaf6ec),
  box([0.5, 3.4, 0.2], [x - 1.5, y - 0.1, -5.9], 0xb7838a, { round: 0.08 }),
  box([0.5, 3.4, 0.2], [x + 1.5, y - 0.1, -5.9], 0xb7838a, { round: 0.08 }),
];

const SPINES = [0x7d9aa8, 0xa8917d, 0x8fa87d, 0x9a7d9c] as const;
/** A bookcase; `shift` moves the books' colours along. */
const shelf = (x: number, shift: number) => [
  box([2.2, 4, 0.7], [x, 2, -5.7], 0x7d5a3c),
  ...[0.7, 1.7, 2.7, 3.6].flatMap((y, row) => [
    box([2, 0.8, 0.5], [x, y, -5.55], 0x5c4029),
    ...Array.from({ length: 7 }, (_, i) =>
      box([0.18, 0.55 + 0.08 * ((i * 3 + row) % 3), 0.4], [x - 0.8 + i * 0.24, y - 0.05, -5.4], SPINES[(i + row + Math.floor(shift)) % 4]!),
    ),
  ]),
];

export const livingroom: Place = {
  day: { zenith: 0xe3e6dc, horizon: 0xf2efe4, tint: 0xffffff },
  night: { zenith: 0x20233c, horizon: 0x3a3854, tint: 0x9690ac },
  ground: 0xbf9264,
  weathers: ["clear"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      box([60, 16, 0.3], [0, 8, -6.2], 0xcfd9c6),
      box([60, 0.5, 0.2], [0, 0.25, -6], 0xf6f0e2),
      ...Array.from({ length: 22 }, (_, i) => box([24, 0.02, 0.5], [0, 0, (i - 12) * 0.54], i % 2 ? 0xb98b5e : 0xc4986b)),
      cylinder([4.6, 4.6, 0.05], [0, 0.01, 0.2], 0xe9dcc3, { sides: 36 }),
      cylinder([4, 4, 0.06], [0, 0.01, 0.2], 0xdcc8a6, { sides: 36 }),
      ...picture(flip * 3.2, 3.6, 1.7, 1.2, 0x8fb0c9),
      ...picture(flip * 5.6, 3.9, 1, 1.4, 0xd3a58a),
      ...pane(-flip * 2.6, 3.7),
      ...shelf(-flip * 6.4, random.between(0, 3)),
      cylinder([0.36, 0.28, 0.6], [flip * 6.2, 0.3, -5.2], 0xb9653c),
      ...[0, 1, 2, 3, 4].map((i) =>
        ball([0.16, 0.75, 0.1], [flip * 6.2 + 0.3 * Math.cos(i * 1.3), 1.2, -5.2 + 0.2 * Math.sin(i * 1.3)], 0x5c8f55, {
          turn: [0.3 * Math.sin(i * 1.3), 0, -0.4 * Math.cos(i * 1.3)],
        }),
      ),
    ];
  },
};
