/** Taller, no browser lays an element out: Chrome and Safari end near 33 million px, Firefox near 17. */
export const TALLEST = 16_000_000;
/** So much at either end is never scaled, so that both ends are reached as in any page. */
const EDGE = 1_000_000;
/** Between two looks nothing but a drag of the scroll bar, or a jump, comes so far, in heights of the window. */
const JUMP = 4;

/** Depths of a tall list, px from its top, in an element that is as tall as a browser can have it. */
export class Scaling {
  /** Height of the element. */
  readonly height: number;
  readonly #ratio: number;

  constructor(
    /** Height of the list. */
    readonly real: number,
    readonly tallest = TALLEST,
    readonly edge = EDGE,
  ) {
    this.height = Math.min(real, tallest);
    this.#ratio = real > tallest ? (real - 2 * edge) / (tallest - 2 * edge) : 1;
  }

  /** The list's depth at the element's. */
  toReal(y: number): number {
    if (y <= this.edge || this.#ratio === 1) return y;
    if (y >= this.height - this.edge) return this.real - (this.height - y);
    return this.edge + (y - this.edge) * this.#ratio;
  }

  /** The element's depth at the list's. */
  toElement(y: number): number {
    if (y <= this.edge || this.#ratio === 1) return y;
    if (y >= this.real - this.edge) return this.height - (this.real - y);
    return this.edge + (y - this.edge) / this.#ratio;
  }
}

/**
 * Follows an element that is scrolled: by wheel, keys and touch the list moves px by px as the element does; a drag of the bar, and a jump,
 * lead to the depth that the bar shows.
 */
export class Following {
  /** The list's depth less the element's: so far what is shown of the list is moved. */
  shift = 0;
  #last = 0;

  constructor(public scaling: Scaling) {}

  /** The element was scrolled to `y` (its depth at the window's top edge) in a window of so many px; returns the list's depth. */
  follow(y: number, window: number): number {
    const { height, real } = this.scaling;
    if (Math.abs(y - this.#last) > JUMP * window) this.shift = Math.round(this.scaling.toReal(y) - y);
    // At the element's ends are the list's.
    if (y <= 0) this.shift = 0;
    else if (y >= height - window) this.shift = real - height;
    this.#last = y;
    return y + this.shift;
  }

  /** Where the element must be scrolled to so that the bar shows a depth of the list, which from then on is shown there. */
  goTo(real: number): number {
    const y = this.scaling.toElement(real);
    this.shift = real - y;
    this.#last = y;
    return y;
  }
}
