/** What of each object a picture shows, from its id map. */
export interface Visibility {
  /** Share of the object's own outline that nothing hides, 0 to 1. */
  visible: number;
  /** [x1, y1, x2, y2] around the visible pixels, as shares of the picture, from its top left. */
  box: [number, number, number, number];
}

/** Below these a person would overlook the object, or count wrongly. */
const LEAST_PIXELS = 34;
const LEAST_SHARE = 0.7;

/** Per object; `mask` is a square of object index + 1 (0 = background), `alone` each object's pixels without the others. */
export function measure(mask: ArrayLike<number>, alone: readonly number[]): Visibility[] {
  const size = Math.sqrt(mask.length);
  return alone.map((outline, object) => {
    let [left, top, right, bottom, seen] = [size, size, 0, 0, 0];
    for (let index = 0; index < mask.length; index++) {
      if (mask[index] !== object + 1) continue;
      const [x, y] = [index % size, Math.floor(index / size)];
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      seen++;
    }
    const share = (value: number) => Number((value / size).toFixed(4));
    return {
      visible: outline === 0 ? 0 : Number((seen / outline).toFixed(3)),
      box: seen === 0 ? [0, 0, 0, 0] : [share(left), share(top), share(right), share(bottom)],
    };
  });
}

/** Whether every object is large enough, free enough, and wholly within the picture. */
export function allVisible(mask: ArrayLike<number>, alone: readonly number[]): boolean {
  const pixels = alone.map(() => 0);
  for (let index = 0; index < mask.length; index++) if (mask[index]! > 0) pixels[mask[index]! - 1]!++;
  return measure(mask, alone).every(({ visible, box: [left, top, right, bottom] }, object) => {
    const within = left > 0 && top > 0 && right < 1 && bottom < 1;
    return within && visible >= LEAST_SHARE && pixels[object]! >= LEAST_PIXELS;
  });
}
