import { type Camera, type Frame, toFrame } from "./camera";
import { sideOf, Thinning } from "./thinning";

/** How much larger the pictures of an answer are, and one that is pointed at. */
export const [LIT, POINTED] = [1.25, 1.6];
/** Px about a dot in which it is meant. */
const NEAR = 14;

/** A photo that is shown as a picture. */
export interface Seen {
  row: number;
  /** Its middle in the frame, px. */
  x: number;
  y: number;
  side: number;
  /** An answer has it: it matches, or is only among the nearest. */
  lit?: "matches" | "near";
}

/** What was found: rows, of which so many match; the best first, if they are ranked. */
export interface Answered {
  rows: readonly number[];
  matches: number;
  ranked: boolean;
}

/** What a map shows in a frame: which photos as pictures, which of them an answer has, and what lies where. */
export class Scene {
  readonly #thinning: Thinning;
  #beside: { level: number; lit: number[]; others: number[] } | undefined;

  /**
   * @param places each photo's, x and y from 0 to 1
   * @param answer undefined while nothing is asked
   */
  constructor(
    readonly places: Float32Array,
    readonly frame: Frame,
    readonly answer: Answered | undefined,
    before?: Scene,
  ) {
    const same = before?.places === places && before.frame.width === frame.width && before.frame.height === frame.height;
    this.#thinning = same ? before.#thinning : new Thinning(places, frame);
  }

  get count(): number {
    return this.places.length / 2;
  }

  /** The photos that are shown as pictures wherever they lie: first those of the answer. */
  #shown(zoom: number): { lit: readonly number[]; others: readonly number[] } {
    const level = Thinning.level(zoom);
    if (!this.answer) return { lit: [], others: this.#thinning.at(level) };
    if (this.#beside?.level !== level) this.#beside = { level, ...this.#thinning.beside(this.answer.rows, level, LIT) };
    return this.#beside;
  }

  /** The photos that are seen as pictures, the answer's last. */
  seen(camera: Camera): Seen[] {
    const side = sideOf(this.frame, camera.zoom);
    const { lit, others } = this.#shown(camera.zoom);
    const matching = new Set(this.answer?.rows.slice(0, this.answer.matches));
    const at = (row: number, found: boolean): Seen => {
      const [x, y] = this.at(row, camera);
      if (!found) return { row, x, y, side };
      return matching.has(row) ? { row, x, y, side: side * LIT, lit: "matches" } : { row, x, y, side, lit: "near" };
    };
    const inFrame = ({ x, y, side: own }: Seen) => x > -own && y > -own && x < this.frame.width + own && y < this.frame.height + own;
    return [...others.map((row) => at(row, false)), ...lit.map((row) => at(row, true))].filter(inFrame);
  }

  at(row: number, camera: Camera): [x: number, y: number] {
    return toFrame(camera, this.frame, this.places[row * 2]!, this.places[row * 2 + 1]!);
  }

  /** The photo at a point of the frame: a picture, else a dot near it. `pointed` lies above all others. */
  hit(x: number, y: number, camera: Camera, pointed: number | undefined): number | undefined {
    if (pointed !== undefined) {
      const [atX, atY] = this.at(pointed, camera);
      const half = (sideOf(this.frame, camera.zoom) * POINTED) / 2;
      if (Math.abs(atX - x) < half && Math.abs(atY - y) < half) return pointed;
    }
    const over = this.seen(camera).findLast((one) => Math.abs(one.x - x) <= one.side / 2 && Math.abs(one.y - y) <= one.side / 2);
    if (over) return over.row;
    let [nearest, least] = [undefined as number | undefined, NEAR];
    for (let row = 0; row < this.count; row++) {
      const [atX, atY] = this.at(row, camera);
      const far = Math.hypot(atX - x, atY - y);
      if (far < least) [nearest, least] = [row, far];
    }
    return nearest;
  }

  /** The picture to go to from a photo: the nearest in a direction, as far to the side as ahead at the most. */
  towards(row: number, camera: Camera, right: number, down: number): number | undefined {
    const [fromX, fromY] = this.at(row, camera);
    const { lit, others } = this.#shown(camera.zoom);
    let [nearest, least] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    for (const other of [...lit, ...others]) {
      const [x, y] = this.at(other, camera);
      const ahead = (x - fromX) * right + (y - fromY) * down;
      const aside = Math.abs((x - fromX) * down) + Math.abs((y - fromY) * right);
      const far = ahead + 2 * aside;
      if (other !== row && ahead > 0 && aside <= ahead && far < least) [nearest, least] = [other, far];
    }
    return nearest;
  }

  /** The pictures that lie about a photo, the nearest first. */
  around(row: number, camera: Camera, most: number): number[] {
    const [fromX, fromY] = this.at(row, camera);
    const far = ({ x, y }: Seen) => Math.hypot(x - fromX, y - fromY);
    return this.seen(camera)
      .filter((one) => one.row !== row)
      .sort((a, b) => far(a) - far(b))
      .slice(0, most)
      .map((one) => one.row);
  }

  /** Where one begins without a pointer: the best of the answer, else the picture nearest to the middle. */
  first(camera: Camera): number {
    if (this.answer?.rows[0] !== undefined) return this.answer.rows[0];
    const { width, height } = this.frame;
    const far = ({ x, y }: Seen) => Math.hypot(x - width / 2, y - height / 2);
    const [middle] = this.seen(camera).sort((a, b) => far(a) - far(b));
    return middle?.row ?? 0;
  }
}
