import { ball, box, cylinder, rock } from "../parts.ts";
import type { Place } from "./place.ts";

export const beach: Place = {
  day: { zenith: 0x3f9be8, horizon: 0xd8f1fb, tint: 0xffffff },
  night: { zenith: 0x0a1238, horizon: 0x32508f, tint: 0x7482b4 },
  ground: 0xf0d49a,
  weathers: ["clear", "clear", "rain", "fog"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    const pebbles = Array.from({ length: 26 }, () => {
      const size = random.between(0.05, 0.12);
      return rock([size, size * 0.5, size], [random.between(-6, 6), 0, random.between(-4, 5)], random.pick([0xd9b982, 0xfbeecb, 0xcda873]));
    });
    const starfish = (x: number, z: number) =>
      [0, 1, 2, 3, 4].map((arm) => {
        const angle = (arm * Math.PI * 2) / 5 + x;
        return rock([0.13, 0.03, 0.05], [x + 0.1 * Math.cos(angle), 0.03, z - 0.1 * Math.sin(angle)], 0xe59a78, { turn: [0, angle, 0] });
      });
    const ripples = Array.from({ length: 22 }, () =>
      rock([random.between(0.5, 1.6), 0.02, 0.06], [random.between(-16, 16), 0.03, random.between(-24, -8)], 0x9fe3ea),
    );
    return [
      box([80, 0.05, 34], [0, 0, -22.5], 0x1fa0c4, { turn: [0, 0.06 * flip, 0] }),
      box([80, 0.06, 2.6], [0, 0, -6.3], 0x5fd0d6, { turn: [0, 0.06 * flip, 0] }),
      ...Array.from({ length: 34 }, (_, index) =>
        rock([0.75, 0.05, 0.24], [index - 17, 0.03, -5.1 + 0.25 * Math.sin(index * 1.7) - 0.06 * flip * (index - 17)], 0xffffff),
      ),
      ...Array.from({ length: 22 }, (_, index) =>
        rock([0.8, 0.04, 0.09], [index * 1.5 - 17, 0.04, -7.6 + 0.3 * Math.sin(index * 2.3) - 0.09 * flip * (index - 11)], 0xe9fbfb),
      ),
      ...ripples,
      rock([1.5, 0.9, 0.9], [5.6 * flip, 0.1, -6.6], 0xa08e7c),
      rock([0.9, 1.3, 0.8], [6.6 * flip, 0.2, -7.4], 0x8d7c6c),
      rock([0.6, 0.35, 0.5], [4.5 * flip, 0.05, -6], 0xb39f8b),
      ball([9, 1.5, 2], [-16 * flip, 0, -36], 0x6fa38a),
      ball([7, 1, 2], [-9 * flip, 0, -36], 0x83b49a),
      ...Array.from({ length: 16 }, () => {
        const [x, z] = [-flip * random.between(3.6, 6), random.between(-4.4, -3.2)];
        return cylinder([0.01, 0.05, random.between(0.3, 0.6)], [x, 0.2, z], 0x9db36a, {
          turn: [random.between(-0.4, 0.4), 0, random.between(-0.5, 0.5)],
          sides: 4,
        });
      }),
      ...starfish(random.between(1.5, 3) * flip, 3.2),
      ...pebbles,
    ];
  },
};
