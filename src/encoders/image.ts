import { DotlightError } from "../files/errors";
import type { Preprocessing } from "./preprocessing";

/** Decoded pixels: RGBA bytes, row by row from the top. */
export interface Rgba {
  width: number;
  height: number;
  data: Uint8ClampedArray | Uint8Array;
}

/** How a filter weighs a pixel at a distance, in pixels of the smaller side, and how far it reaches. */
const FILTERS = {
  bilinear: { reach: 1, weight: (x: number) => Math.max(0, 1 - x) },
  // Catmull-Rom's cousin with a = -1/2, as Pillow's BICUBIC.
  bicubic: { reach: 2, weight: (x: number) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0) },
};

/**
 * Resizes (with antialiasing, as Pillow: a filter whose support grows when shrinking), crops the centre where the pack wants that, and normalises into
 * `out`, planes R, G, B of width x height. The same code in the browser and in Node, so that both give the same vector. Transparent pixels
 * are laid on white.
 * @throws DotlightError "bad-image" for an empty picture
 */
export function preprocess(image: Rgba, preparing: Preprocessing, out: Float32Array): void {
  const { width, height, mean, std } = preparing;
  if (image.width < 1 || image.height < 1 || image.data.length < image.width * image.height * 4) {
    throw new DotlightError("bad-image", "The picture has no pixels.", "Choose another picture.");
  }
  const { resized, left, top } = placed(image, preparing);
  const across = weights(image.width, resized.width, left, width, preparing.filter);
  const down = weights(image.height, resized.height, top, height, preparing.filter);
  const plane = width * height;
  // Rows first, each channel on white; then columns. Pillow rounds to bytes between the passes; so does this.
  const narrow = new Uint8ClampedArray(image.height * width * 3);
  const row = new Float32Array(image.width * 3);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const at = (y * image.width + x) * 4;
      const alpha = image.data[at + 3]!;
      for (let c = 0; c < 3; c++)
        row[x * 3 + c] = alpha === 255 ? image.data[at + c]! : (image.data[at + c]! * alpha + 255 * (255 - alpha)) / 255;
    }
    for (let x = 0; x < width; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let i = 0, at = across.first[x]! * 3; i < across.count[x]!; i++, at += 3) {
        const part = across.parts[x * across.most + i]!;
        r += row[at]! * part;
        g += row[at + 1]! * part;
        b += row[at + 2]! * part;
      }
      const to = (y * width + x) * 3;
      narrow[to] = Math.round(r);
      narrow[to + 1] = Math.round(g);
      narrow[to + 2] = Math.round(b);
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let i = 0; i < down.count[y]!; i++) {
          sum += narrow[((down.first[y]! + i) * width + x) * 3 + c]! * down.parts[y * down.most + i]!;
        }
        const byte = Math.min(255, Math.max(0, Math.round(sum)));
        out[c * plane + y * width + x] = (byte / 255 - mean[c]!) / std[c]!;
      }
    }
  }
}

/** The size to which a picture is resized, and where the part that is kept begins. */
function placed(
  image: Rgba,
  { width, height, crop }: Preprocessing,
): { resized: { width: number; height: number }; left: number; top: number } {
  if (!crop) return { resized: { width, height }, left: 0, top: 0 };
  const shorter = Math.min(image.width, image.height);
  const side = (length: number) =>
    length === shorter ? crop.shortest : Math.max(crop.shortest, Math.floor((crop.shortest * length) / shorter));
  const resized = { width: side(image.width), height: side(image.height) };
  const begin = (all: number, kept: number) => (crop.centre === "floor" ? Math.floor((all - kept) / 2) : roundHalfEven((all - kept) / 2));
  return { resized, left: begin(resized.width, width), top: begin(resized.height, height) };
}

/** Python's round. */
const roundHalfEven = (value: number): number => (value % 1 === 0.5 && Math.floor(value) % 2 === 0 ? Math.floor(value) : Math.round(value));

/** What each place of a resized row or column reads, in flat arrays: thousands of photos leave little behind. */
interface Taps {
  first: Int32Array;
  count: Int32Array;
  /** `most` a place, of which it has `count`; their sum is 1. */
  parts: Float64Array;
  most: number;
}

/** For `count` places from `begin` on, of `to`: what each reads of `from` places. */
function weights(from: number, to: number, begin: number, count: number, filter: Preprocessing["filter"]): Taps {
  const { reach, weight } = FILTERS[filter];
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = reach * stretch;
  const most = Math.ceil(2 * support) + 1;
  const taps: Taps = { first: new Int32Array(count), count: new Int32Array(count), parts: new Float64Array(count * most), most };
  for (let place = 0; place < count; place++) {
    const centre = (begin + place + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    let sum = 0;
    for (let i = first; i < end; i++) {
      const part = weight(Math.abs((i - centre + 0.5) / stretch));
      taps.parts[place * most + i - first] = part;
      sum += part;
    }
    for (let i = 0; i < end - first; i++) taps.parts[place * most + i]! /= sum;
    taps.first[place] = first;
    taps.count[place] = end - first;
  }
  return taps;
}
