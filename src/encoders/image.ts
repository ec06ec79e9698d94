import { DotlightError } from "../files/errors";
import type { Preprocessing } from "./pack";

/** Decoded pixels: RGBA bytes, row by row from the top. */
export interface Rgba {
  width: number;
  height: number;
  data: Uint8ClampedArray | Uint8Array;
}

/**
 * Resizes (bilinear with antialiasing, as Pillow's BILINEAR: a triangle filter whose support grows when shrinking) and normalises into
 * `out`, planes R, G, B of width x height. The same code in the browser and in Node, so that both give the same vector. Transparent pixels
 * are laid on white.
 * @throws DotlightError "bad-image" for an empty picture
 */
export function preprocess(image: Rgba, { width, height, mean, std }: Preprocessing, out: Float32Array): void {
  if (image.width < 1 || image.height < 1 || image.data.length < image.width * image.height * 4) {
    throw new DotlightError("bad-image", "The picture has no pixels.", "Choose another picture.");
  }
  const across = weights(image.width, width);
  const down = weights(image.height, height);
  const plane = width * height;
  // Rows first, each channel on white; then columns. Pillow rounds to bytes between the passes; so does this.
  const narrow = new Uint8Array(image.height * width * 3);
  const row = new Float32Array(image.width * 3);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const at = (y * image.width + x) * 4;
      const alpha = image.data[at + 3]!;
      for (let c = 0; c < 3; c++)
        row[x * 3 + c] = alpha === 255 ? image.data[at + c]! : (image.data[at + c]! * alpha + 255 * (255 - alpha)) / 255;
    }
    for (let x = 0; x < width; x++) {
      const { first, parts } = across[x]!;
      let [r, g, b] = [0, 0, 0];
      for (let i = 0; i < parts.length; i++) {
        const at = (first + i) * 3;
        r += row[at]! * parts[i]!;
        g += row[at + 1]! * parts[i]!;
        b += row[at + 2]! * parts[i]!;
      }
      const to = (y * width + x) * 3;
      narrow[to] = Math.round(r);
      narrow[to + 1] = Math.round(g);
      narrow[to + 2] = Math.round(b);
    }
  }
  for (let y = 0; y < height; y++) {
    const { first, parts } = down[y]!;
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let i = 0; i < parts.length; i++) sum += narrow[((first + i) * width + x) * 3 + c]! * parts[i]!;
        out[c * plane + y * width + x] = (Math.round(sum) / 255 - mean[c]!) / std[c]!;
      }
    }
  }
}

/** For each of `to` places the first of `from` places it reads and their weights, which sum to 1. */
function weights(from: number, to: number): { first: number; parts: Float64Array }[] {
  const scale = from / to;
  const support = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    const parts = Float64Array.from({ length: end - first }, (_, j) => Math.max(0, 1 - Math.abs((first + j - centre + 0.5) / support)));
    const sum = parts.reduce((a, b) => a + b, 0);
    return { first, parts: parts.map((part) => part / sum) };
  });
}
