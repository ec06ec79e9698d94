import { cylinder, rock } from "../parts.ts";
import type { Place } from "./place.ts";

export const forest: Place = {
  day: { zenith: 0x7fb8a0, horizon: 0xdfeecb, tint: 0xffffff },
  night: { zenith: 0x081a2c, horizon: 0x28506a, tint: 0x6a84a6 },
  ground: 0x7c8a46,
  weathers: ["clear", "clear", "rain", "fog"],
  dress: (random) => {
    // Trunks that leave the frame at the top: a wood seen from within, never a whole toy tree.
    const trunks = Array.from({ length: 30 }, (_, index) => {
      const row = index % 3;
      const x = (index - 14.5) * 0.75 + random.between(-0.5, 0.5);
      const width = random.between(0.2, 0.42);
      return cylinder(
        [width * 0.8, width, 14],
        [x * (1 + row * 0.25), 7, -6 - row * 3 - random.between(0, 1.5)],
        random.pick([0x5b3d28, 0x6b4a32, 0x4c3424]),
        { sides: 8 },
      );
    });
    const canopy = Array.from({ length: 26 }, (_, index) =>
      rock(
        [random.between(1.6, 2.6), random.between(0.9, 1.4), 1.4],
        [(index - 13) * 1.1, random.between(5.2, 6.4), -8 - (index % 3) * 2],
        random.pick([0x2f5a33, 0x3b6b38, 0x27502f]),
      ),
    );
    const thicket = Array.from({ length: 30 }, (_, index) =>
      rock(
        [random.between(0.8, 1.3), random.between(0.4, 0.85), 0.8],
        [(index - 15) * 0.95, 0.1, -6.6 - random.between(0, 2.4) - (index % 2) * 3],
        random.pick([0x35602f, 0x44733a, 0x2c5530]),
      ),
    );
    const fern = (x: number, z: number) =>
      Array.from({ length: 5 }, (_, blade) =>
        cylinder([0.005, 0.05, 0.5], [x + 0.12 * (blade - 2), 0.2, z], 0x4f7f35, {
          turn: [0.25 * (blade % 2) - 0.1, 0, -0.35 * (blade - 2)],
          sides: 4,
        }),
      );
    const ferns = Array.from({ length: 16 }, (_, index) =>
      fern((index - 7.5) * 0.8 + random.between(-0.3, 0.3), random.between(-5.6, -4.2)),
    ).flat();
    const litter = Array.from({ length: 60 }, () =>
      rock(
        [random.between(0.05, 0.11), 0.015, 0.06],
        [random.between(-6, 6), 0.015, random.between(-5, 5)],
        random.pick([0xb07a3c, 0x96693a, 0x5f7a38, 0x8f9a4c]),
      ),
    );
    const moss = Array.from({ length: 12 }, () =>
      rock(
        [random.between(0.6, 1.5), 0.03, random.between(0.4, 0.9)],
        [random.between(-6, 6), 0, random.between(-5, 4)],
        random.pick([0x6b8040, 0x8c9650, 0x748445]),
      ),
    );
    return [...trunks, ...canopy, ...thicket, ...ferns, ...moss, ...litter];
  },
};
