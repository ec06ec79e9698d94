import { ball, box, cylinder, rock } from "../parts.ts";
import type { Place } from "./place.ts";

export const meadow: Place = {
  day: { zenith: 0x55aef0, horizon: 0xe2f4fb, tint: 0xffffff },
  night: { zenith: 0x0d1740, horizon: 0x35558c, tint: 0x7486b8 },
  ground: 0x7fbb52,
  weathers: ["clear", "clear", "rain", "fog"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      ...Array.from({ length: 8 }, (_, i) =>
        ball(
          [random.between(6, 9), random.between(1.4, 2.8), 3],
          [(i - 3.5) * 6 * flip, -0.4, -22 - (i % 3) * 3],
          random.pick([0x6fae4e, 0x5f9d49, 0x82bb58]),
        ),
      ),
      ...Array.from({ length: 90 }, () => {
        const height = random.between(0.14, 0.34);
        return cylinder(
          [0.005, 0.05, height],
          [random.between(-7, 7), height / 2, random.between(-7, 4.6)],
          random.pick([0x5e9b3f, 0x77b350, 0x8cc45f]),
          {
            turn: [random.between(-0.3, 0.3), 0, random.between(-0.3, 0.3)],
            sides: 4,
          },
        );
      }),
      ...Array.from({ length: 34 }, () =>
        ball([0.06, 0.05, 0.06], [random.between(-7, 7), 0.14, random.between(-7, 4.4)], random.pick([0xfff6d8, 0xf7e08a, 0xf3c6d4])),
      ),
      ...Array.from({ length: 14 }, (_, i) => [
        box([0.14, 0.9, 0.14], [(i - 6.5) * 1.5, 0.45, -8.4], 0xcbb28a),
        box([1.5, 0.12, 0.08], [(i - 6.5) * 1.5, 0.66, -8.36], 0xcbb28a),
        box([1.5, 0.12, 0.08], [(i - 6.5) * 1.5, 0.36, -8.36], 0xcbb28a),
      ]).flat(),
      ...Array.from({ length: 7 }, (_, i) => ball([1.1, 0.8, 0.8], [(i - 3) * 3.4 + random.between(-0.6, 0.6), 0.4, -12], 0x4f8a46)),
      rock([0.6, 0.35, 0.5], [flip * 5.2, 0.1, -5], 0x97958a),
    ];
  },
};
