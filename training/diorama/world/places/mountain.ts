import { ball, cylinder, rock, slab } from "../parts.ts";
import type { Place } from "./place.ts";

export const mountain: Place = {
  day: { zenith: 0x3f8fdc, horizon: 0xdcecf7, tint: 0xffffff },
  night: { zenith: 0x0c1338, horizon: 0x3e527f, tint: 0x7a86b6 },
  ground: 0xa3a08e,
  weathers: ["clear", "clear", "fog", "snowfall", "rain"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    return [
      ...[
        [-11, 8, 9],
        [-2, 11, 10],
        [8, 9, 9],
        [17, 7, 7],
      ].flatMap(([x, height, width]) => [
        slab(
          [
            [-width!, 0],
            [width!, 0],
            [width! * 0.12, height!],
          ],
          2,
          [x! * flip, 0, -31],
          0x77879a,
        ),
        slab(
          [
            [-width! * 0.25, height! * 0.72],
            [width! * 0.36, height! * 0.7],
            [width! * 0.12, height!],
          ],
          2.1,
          [x! * flip, 0, -31],
          0xf4f7fa,
        ),
      ]),
      ...Array.from({ length: 26 }, (_, i) => {
        const height = random.between(1.4, 2.6);
        const [x, z] = [(i - 12.5) * 1.5 + random.between(-0.4, 0.4), -14 - random.between(0, 5)];
        return [
          cylinder([0.01, 0.7, height], [x, height / 2 + 0.3, z], random.pick([0x3f6b4f, 0x4a7857]), { sides: 7 }),
          cylinder([0.12, 0.12, 0.4], [x, 0.2, z], 0x5c4332),
        ];
      }).flat(),
      ...Array.from({ length: 30 }, () => {
        const size = random.between(0.08, 0.32);
        return rock(
          [size, size * 0.7, size],
          [random.between(-7, 7), 0, random.between(-7.5, 4.4)],
          random.pick([0x8b8d90, 0x9da0a2, 0x77797d]),
        );
      }),
      ...Array.from({ length: 16 }, () =>
        ball(
          [random.between(0.5, 1.2), 0.04, random.between(0.3, 0.7)],
          [random.between(-7, 7), 0, random.between(-7, 4)],
          random.pick([0x8aa06c, 0x97a878]),
        ),
      ),
      rock([1.7, 1.5, 1.2], [flip * 6, 0.3, -7], 0x83868b),
      rock([1, 0.8, 0.8], [flip * 4.4, 0.1, -6.4], 0x94979b),
      rock([1.2, 1, 0.9], [-flip * 6.2, 0.2, -6.6], 0x8b8d90),
    ];
  },
};
