/** Red, green, blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Draws many dots at once, pixel by pixel: a path for each would be too slow for a hundred thousand. */
export class Dots {
  #pixels = new ImageData(1, 1);
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

  /** A dot about a pixel. Of two on one another the more opaque one is seen. @param opacity from 0 to 1 */
  add(x: number, y: number, radius: number, [red, green, blue]: Colour, opacity: number): void {
    const { width, height } = this.#pixels;
    const reach = Math.ceil(radius);
    const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(width - 1, Math.ceil(x + reach))];
    const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(height - 1, Math.ceil(y + reach))];
    const rgb = (blue << 16) | (green << 8) | red;
    for (let line = top; line <= bottom; line++) {
      for (let column = left; column <= right; column++) {
        const cover = radius + 0.5 - Math.hypot(column - x, line - y);
        if (cover <= 0) continue;
        const alpha = Math.round(255 * opacity * Math.min(1, cover));
        const at = line * width + column;
        if (alpha > this.#words[at]! >>> 24) this.#words[at] = (alpha << 24) | rgb;
      }
    }
  }

  /** Puts the picture into a canvas, in the place of whatever is there. */
  paint(context: CanvasRenderingContext2D): void {
    context.putImageData(this.#pixels, 0, 0);
  }
}

/** Of "#rrggbb", or of what a browser computes: "rgb(1, 2, 3)". */
export function colourOf(css: string): Colour {
  const hex = /^#(..)(..)(..)$/.exec(css);
  const parts = hex ? hex.slice(1).map((part) => Number.parseInt(part, 16)) : (css.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}
