/** How a picture lies in its frame: enlarged about its middle, then moved, px. */
export interface Placing {
  scale: number;
  x: number;
  y: number;
}

export const WHOLE: Placing = { scale: 1, x: 0, y: 0 };
const LARGEST = 8;

/** Enlarges by a factor so that the point at (x, y), px from the frame's middle, stays where it is; it never gets smaller than the whole, and never leaves the frame. */
export function zoomed(before: Placing, factor: number, x: number, y: number, frame: { width: number; height: number }): Placing {
  const scale = Math.max(1, Math.min(before.scale * factor, LARGEST));
  const by = scale / before.scale;
  return moved({ scale, x: x - (x - before.x) * by, y: y - (y - before.y) * by }, 0, 0, frame);
}

/** Moves by so many px, at most until an edge of the enlarged picture meets the frame's. */
export function moved({ scale, x, y }: Placing, by: number, down: number, { width, height }: { width: number; height: number }): Placing {
  const within = (value: number, most: number) => Math.max(-most, Math.min(value, most));
  return { scale, x: within(x + by, ((scale - 1) * width) / 2), y: within(y + down, ((scale - 1) * height) / 2) };
}
