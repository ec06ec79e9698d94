import { ball, box, cylinder } from "../parts.ts";
import type { Place } from "./place.ts";

const TILE = 1.1;

const cupboard = (x: number) => [
  box([2, 1.65, 1.2], [x, 0.83, -5.6], 0xcfdcd2, { round: 0.03 }),
  box([1.7, 1.3, 0.06], [x, 0.83, -4.98], 0xbccbc0, { round: 0.02 }),
  box([0.4, 0.06, 0.08], [x, 1.3, -4.92], 0x8b8f90),
];

/** A window with the sky behind it. */
const pane = (x: number, y: number) => [
  box([2.5, 2.1, 0.12], [x, y, -6], 0xfaf6ec),
  box([2.2, 1.8, 0.14], [x, y, -5.98], 0xa8d6f0),
  box([0.08, 1.8, 0.16], [x, y, -5.97], 0xfaf6ec),
  box([2.2, 0.08, 0.16], [x, y, -5.97], 0xfaf6ec),
];

export const kitchen: Place = {
  day: { zenith: 0xcfe4f2, horizon: 0xf6f1e4, tint: 0xffffff },
  night: { zenith: 0x1b2040, horizon: 0x33395f, tint: 0x8f8fb4 },
  ground: 0xcdd9d6,
  weathers: ["clear"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      box([60, 16, 0.3], [0, 8, -6.2], 0xf3e7cf),
      ...Array.from({ length: 15 }, (_, x) =>
        Array.from({ length: 11 }, (_, z) =>
          box([TILE, 0.02, TILE], [(x - 7) * TILE, 0, (z - 5) * TILE], (x + z) % 2 ? 0xdfe6e4 : 0xb9c9c6),
        ),
      ).flat(),
      ...Array.from({ length: 20 }, (_, i) => box([0.78, 0.78, 0.06], [(i - 9.5) * 0.84, 2.4, -6], 0xd7ebe6)),
      ...Array.from({ length: 7 }, (_, i) => cupboard((i - 3) * 2.1)).flat(),
      box([30, 0.14, 1.3], [0, 1.72, -5.5], 0x8f6a48),
      ...[-1, 0, 1].map((i) => box([1.7, 1.5, 0.7], [i * 1.8 + flip * 5, 4.3, -5.8], 0xcfdcd2, { round: 0.04 })),
      ...pane(-flip * 3, 4.2),
      cylinder([0.2, 0.26, 0.5], [flip * 2.2, 2.04, -5.5], 0xa9b4bd),
      cylinder([0.3, 0.3, 0.4], [-flip * 0.4, 2, -5.5], 0xc8805f),
      ball([0.36, 0.3, 0.3], [-flip * 0.4, 2.35, -5.5], 0x6c9a5b),
    ];
  },
};
