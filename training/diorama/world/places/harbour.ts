import { box, cylinder, ring } from "../parts.ts";
import type { Place } from "./place.ts";

export const harbour: Place = {
  day: { zenith: 0x6fa9d8, horizon: 0xf3e6cf, tint: 0xffffff },
  night: { zenith: 0x0b1030, horizon: 0x3b4a86, tint: 0x757fae },
  ground: 0x9a9590,
  weathers: ["clear", "clear", "rain", "fog"],
  dress: (random) => {
    const flip = random.chance(0.5) ? 1 : -1;
    const paving = Array.from({ length: 90 }, (_, index) => {
      const [row, column] = [Math.floor(index / 10), index % 10];
      return box(
        [1.42, 0.02, 0.94],
        [(column - 4.5) * 1.5 + (row % 2) * 0.75, 0.005, -3.9 + row],
        random.pick([0xa7a19a, 0xb0aaa2, 0x9f9993, 0xaaa59f]),
      );
    });
    const bollard = (x: number) => [
      cylinder([0.16, 0.2, 0.42], [x, 0.21, -4.2], 0x4a4f57),
      cylinder([0.24, 0.24, 0.12], [x, 0.46, -4.2], 0x4a4f57),
      ring(0.22, 0.05, [x, 0.12, -4.2], 0xcdb88a, { turn: [1.57, 0, 0] }),
    ];
    const container = (x: number, y: number, z: number, paint: number) => [
      box([2.6, 1.1, 1.2], [x, y + 0.55, z], paint),
      ...[-1, -0.6, -0.2, 0.2, 0.6, 1].map((offset) => box([0.06, 1, 1.24], [x + offset, y + 0.55, z], paint, { tone: 0.8 })),
    ];
    const crane = (x: number, z: number) => [
      box([0.25, 7, 0.25], [x - 1, 3.5, z], 0x64707c),
      box([0.25, 7, 0.25], [x + 1, 3.5, z], 0x64707c),
      box([2.3, 0.25, 0.25], [x, 3.4, z], 0x64707c),
      box([9.5, 0.4, 0.3], [x - 2.4 * flip, 6.6, z], 0x64707c),
      box([1, 0.8, 0.5], [x + 0.6 * flip, 6.9, z], 0x55606b),
      box([0.06, 2.6, 0.06], [x - 5.4 * flip, 5.2, z], 0x55606b),
    ];
    return [
      box([60, 0.7, 1], [0, -0.33, -4.9], 0x7d7873),
      box([60, 0.12, 0.34], [0, 0.06, -4.75], 0xc6bfb4),
      box([90, 0.05, 40], [0, 0.0, -25.3], 0x2b6d8c),
      ...Array.from({ length: 34 }, () =>
        box([random.between(0.6, 1.8), 0.02, 0.06], [random.between(-14, 14), 0.04, random.between(-20, -6)], 0x5fa0b8),
      ),
      box([40, 0.9, 5], [4 * flip, 0.2, -25], 0x8b8781),
      ...container(6 * flip, 0.6, -24, 0x9a6a5a),
      ...container(8.9 * flip, 0.6, -24, 0x5f7f86),
      ...container(7.4 * flip, 1.7, -24, 0x8b8a6a),
      ...container(-3 * flip, 0.6, -24, 0x6b7d95),
      ...container(-6 * flip, 0.6, -24, 0x9b8a6b),
      ...crane(2.5 * flip, -25),
      ...crane(-9 * flip, -26),
      ...[-6, -3.6, -1.2, 1.2, 3.6, 6].flatMap((x) => bollard(x + 0.3 * flip)),
      ...paving,
    ];
  },
};
