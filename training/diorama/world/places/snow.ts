import { ball, rock, slab } from "../parts.ts";
import type { Place } from "./place.ts";

export const snow: Place = {
  day: { zenith: 0x86b8e4, horizon: 0xeaf3fb, tint: 0xffffff },
  night: { zenith: 0x101a4a, horizon: 0x4a66a8, tint: 0x8696c8 },
  ground: 0xd3e2f2,
  weathers: ["clear", "snowfall", "snowfall", "fog"],
  dress: (random) => {
    const peak = (x: number, z: number, width: number, height: number) => [
      slab(
        [
          [-width, 0],
          [width, 0],
          [width * 0.1, height],
        ],
        2,
        [x, 0, z],
        0x8ea6c8,
      ),
      slab(
        [
          [-width * 0.36, height * 0.64],
          [width * 0.05, height * 0.55],
          [width * 0.42, height * 0.64],
          [width * 0.1, height],
        ],
        2.1,
        [x, 0, z],
        0xffffff,
      ),
    ];
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      ...peak(-9 * flip, -30, 8, 6.5),
      ...peak(3 * flip, -32, 9, 8),
      ...peak(13 * flip, -29, 7, 5),
      ...Array.from({ length: 9 }, (_, index) =>
        ball(
          [random.between(3, 5), random.between(0.7, 1.3), 2],
          [(index - 4) * 3.6, -0.1, -10 - random.between(0, 4)],
          random.pick([0xdbe7f5, 0xe6effa]),
        ),
      ),
      ...Array.from({ length: 14 }, () =>
        ball(
          [random.between(0.6, 1.6), random.between(0.05, 0.16), random.between(0.4, 0.8)],
          [random.between(-7, 7), 0, random.between(-7, -3.6)],
          0xe4eef9,
        ),
      ),
      ...Array.from({ length: 10 }, () =>
        ball([random.between(0.5, 1.2), 0.03, random.between(0.2, 0.5)], [random.between(-6, 6), 0, random.between(-3, 4)], 0xdde9f6),
      ),
      ...[0, 1, 2].map((index) => rock([0.7 - index * 0.15, 0.5, 0.5], [flip * (5 + index * 0.8), 0.05, -5.4 - index * 0.5], 0x7f8fa6)),
      ball([0.6, 0.14, 0.4], [flip * 5, 0.52, -5.4], 0xffffff),
      ball([2.4, 0.02, 0.9], [-flip * 4.2, 0.01, -4.4], 0xa9d5ee),
    ];
  },
};
