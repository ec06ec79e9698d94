/** Red, green, blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Parts of a pixel that a dot's middle is put on. */
const PARTS = 4;

/** Draws many dots at once, pixel by pixel: a path for each would be too slow for a hundred thousand. */
export class Dots {
  #pixels = new ImageData(1, 1);
  /** A pixel each: opacity in the upper eight bits, then blue, green and red. */
  #words = new Uint32Array(this.#pixels.data.buffer);

  /** Begins an empty picture of so many pixels. */
  begin(width: number, height: number): void {
    if (this.#pixels.width === width && this.#pixels.height === height) {
      this.#words.fill(0);
      return;
    }
    this.#pixels = new ImageData(width, height);
    this.#words = new Uint32Array(this.#pixels.data.buffer);
  }

  /**
   * What draws dots of one kind about points of the picture that is begun. Left out are those that its edge would cut, and those whose middle lies in
   * another, of which hardly anything would be seen. Of two that touch the more opaque one is seen. @param opacity from 0 to 1
   */
  brush(radius: number, opacity: number): (x: number, y: number, colour: Colour) => void {
    const { width, height } = this.#pixels;
    const words = this.#words;
    const reach = Math.ceil(radius) + 1;
    const whole = Math.round(255 * opacity);
    const stamps = stampsOf(radius, reach, width, opacity);
    return (x, y, colour) => {
      const column = Math.floor(x);
      const line = Math.floor(y);
      if (column < reach || line < reach || column >= width - reach || line >= height - reach) return;
      const at = line * width + column;
      if (words[at]! >>> 24 >= whole) return;
      const { offsets, opacities } = stamps[Math.floor((y - line) * PARTS) * PARTS + Math.floor((x - column) * PARTS)]!;
      const rgb = (colour[2] << 16) | (colour[1] << 8) | colour[0];
      for (let i = 0; i < offsets.length; i++) {
        const pixel = at + offsets[i]!;
        if (opacities[i]! > words[pixel]! >>> 24) words[pixel] = (opacities[i]! << 24) | rgb;
      }
    };
  }

  /** Puts the picture into a canvas, in the place of whatever is there. */
  paint(context: CanvasRenderingContext2D): void {
    context.putImageData(this.#pixels, 0, 0);
  }
}

/** A dot's pixels: how far on each is from the one that has its middle, and its opacity from 0 to 255. */
interface Stamp {
  offsets: Int32Array;
  opacities: Uint8Array;
}

/** For a dot's middle in each part of a pixel, across and down. */
function stampsOf(radius: number, reach: number, width: number, opacity: number): Stamp[] {
  return Array.from({ length: PARTS * PARTS }, (_, part) => {
    const [x, y] = [(part % PARTS) / PARTS, Math.floor(part / PARTS) / PARTS];
    const [offsets, opacities]: [number[], number[]] = [[], []];
    for (let down = -reach; down <= reach; down++) {
      for (let right = -reach; right <= reach; right++) {
        const cover = Math.min(1, radius + 0.5 - Math.hypot(right - x, down - y));
        if (cover <= 0) continue;
        offsets.push(down * width + right);
        opacities.push(Math.round(255 * opacity * cover));
      }
    }
    return { offsets: Int32Array.from(offsets), opacities: Uint8Array.from(opacities) };
  });
}

/** Of "#rrggbb", or of what a browser computes: "rgb(1, 2, 3)". */
export function colourOf(css: string): Colour {
  const hex = /^#(..)(..)(..)$/.exec(css);
  const parts = hex ? hex.slice(1).map((part) => Number.parseInt(part, 16)) : (css.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}
