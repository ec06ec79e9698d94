import type { Random } from "../../random.ts";
import { ball, box, cylinder } from "../parts.ts";
import type { Place } from "./place.ts";

const WALLS = [0xc9a58b, 0xb7b2c6, 0xa9b7b4, 0xd1c3a3, 0xb08f88] as const;

/** A house front; every third window or so is lit, which shows at night. */
function tower(random: Random, x: number, z: number, width: number, height: number, wall: number, columns: number) {
  const rows = Math.floor(height / 1.3);
  return [
    box([width, height, 2], [x, height / 2, z], wall),
    box([width + 0.2, 0.2, 2.2], [x, height, z], 0x7f7a74),
    ...Array.from({ length: rows * columns }, (_, i) => {
      const at = [x + ((i % columns) - (columns - 1) / 2) * 1, 1 + Math.floor(i / columns) * 1.25, z + 1.02] as const;
      return random.chance(0.35) ? box([0.5, 0.7, 0.06], at, 0xffd27a, { tone: 2.4 }) : box([0.5, 0.7, 0.06], at, 0xcfd3c4);
    }),
  ];
}

export const city: Place = {
  day: { zenith: 0x6fa8dc, horizon: 0xe9eef2, tint: 0xffffff },
  night: { zenith: 0x0b1230, horizon: 0x4a4a78, tint: 0x7d82b0 },
  ground: 0xbdb9ae,
  weathers: ["clear", "clear", "rain", "fog", "snowfall"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      box([80, 0.06, 5], [0, 0, -7], 0x55585f),
      ...Array.from({ length: 14 }, (_, i) => box([1.4, 0.07, 0.14], [i * 3 - 20, 0.01, -7], 0xf2efe2)),
      box([80, 0.18, 0.3], [0, 0.06, -4.4], 0xd8d4c8),
      ...Array.from({ length: 16 }, (_, i) => box([0.04, 0.03, 9], [i * 1.4 - 10.5, 0, 0.6], 0xa7a398)),
      ...Array.from({ length: 5 }, (_, i) => box([30, 0.03, 0.04], [0, 0, i * 1.6 - 3.4], 0xa7a398)),
      ...Array.from({ length: 9 }, (_, i) => {
        const [width, height] = [random.between(2.6, 3.8), random.between(4, 8.5)];
        return tower(random, (i - 4) * 4.1 * flip, -13 - (i % 3), width, height, random.pick(WALLS), random.pick([2, 3]));
      }).flat(),
      ...[-6.4, 6.4].flatMap((x) => [
        cylinder([0.05, 0.07, 2.6], [x, 1.3, -4.7], 0x3b3f46),
        box([0.9, 0.06, 0.16], [x + 0.35 * flip, 2.6, -4.7], 0x3b3f46),
      ]),
      box([0.7, 0.9, 0.5], [flip * 5.4, 0.45, -4.9], 0x6f7f6a, { round: 0.06 }),
      ball([0.5, 0.4, 0.4], [-flip * 5.2, 0.9, -5], 0x6c9a5b),
      box([1.1, 0.6, 0.6], [-flip * 5.2, 0.3, -5], 0xb8aea0),
    ];
  },
};
