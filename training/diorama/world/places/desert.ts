import { ball, rock, slab } from "../parts.ts";
import type { Place } from "./place.ts";

export const desert: Place = {
  day: { zenith: 0x4aa3e8, horizon: 0xfbe9c9, tint: 0xffffff },
  night: { zenith: 0x121436, horizon: 0x5c4a7c, tint: 0x8580b4 },
  ground: 0xe9bd78,
  weathers: ["clear"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      ...Array.from({ length: 9 }, (_, i) =>
        ball(
          [random.between(4, 7), random.between(0.8, 1.8), 2.4],
          [(i - 4) * 4.4, -0.2, -11 - (i % 3) * 3],
          random.pick([0xe0a862, 0xd99c55, 0xe8b673]),
        ),
      ),
      ...[
        [-12, 5.5, 4],
        [-3, 4, 3.4],
        [10, 6, 5],
      ].map(([x, height, width]) =>
        slab(
          [
            [-width!, 0],
            [width!, 0],
            [width! * 0.72, height!],
            [-width! * 0.66, height! * 0.94],
          ],
          2,
          [x! * flip, 0, -30],
          0xb9663f,
        ),
      ),
      ...Array.from({ length: 26 }, () =>
        ball([random.between(0.6, 1.5), 0.03, 0.05], [random.between(-7, 7), 0, random.between(-6, 5)], 0xdda65f, {
          turn: [0, random.between(-0.2, 0.2), 0],
        }),
      ),
      ...Array.from({ length: 14 }, () => {
        const size = random.between(0.06, 0.2);
        return rock([size, size * 0.6, size], [random.between(-7, 7), 0, random.between(-6, 4.4)], random.pick([0xb98450, 0xa77245]));
      }),
      rock([1.3, 1, 0.9], [flip * 6, 0.2, -6], 0xb07448),
      rock([0.7, 0.5, 0.6], [flip * 4.9, 0.1, -5.4], 0xc08253),
    ];
  },
};
