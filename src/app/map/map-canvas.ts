import type { Engine, GalleryMap } from "../engine";
import { between, type Camera, type Frame, moved, seeing, WHOLE, zoomed } from "./camera";
import { type Colour, colourOf, Dots } from "./dots";
import { type Look, lookOf, paint } from "./paint";
import { type Answered, Scene } from "./scene";
import { Thumbnails } from "./thumbnails";

/** Ms of a movement that keys and buttons make. */
const GLIDE = 220;
/** Device pixels a px, at the most: finer dots are not seen, and take their time. */
const MOST_DENSE = 2;

/** A map on a canvas: what of it is seen, and when it is drawn anew. */
export class MapCanvas {
  /** Told after each drawing: what lies over the canvas moves with it. */
  onDraw: () => void = () => {};
  readonly #context: CanvasRenderingContext2D;
  readonly #thumbnails: Thumbnails;
  readonly #dots = new Dots();
  readonly #places: Float32Array;
  readonly #colours: (Colour | undefined)[];
  #scene: Scene;
  #camera = WHOLE;
  #glide: { from: Camera; to: Camera; since: number } | undefined;
  #pointed: { row: number; focused: boolean } | undefined;
  #look: Look | undefined;
  #asked = 0;

  constructor(
    readonly canvas: HTMLCanvasElement,
    engine: Engine,
    { positions, colours = [] }: GalleryMap,
  ) {
    this.#context = canvas.getContext("2d")!;
    this.#places = Float32Array.from(positions, (value) => value / 65535);
    this.#colours = colours.map((css) => (css === undefined ? undefined : colourOf(css)));
    this.#scene = new Scene(this.#places, { width: 1, height: 1 }, undefined);
    this.#thumbnails = new Thumbnails(engine, () => this.draw());
  }

  /** Draws in the next frame; often asked for, once done. */
  draw(): void {
    this.#asked ||= requestAnimationFrame((now) => {
      this.#asked = 0;
      this.#draw(now);
    });
  }

  end(): void {
    cancelAnimationFrame(this.#asked);
    this.#thumbnails.end();
  }

  get scene(): Scene {
    return this.#scene;
  }

  get camera(): Camera {
    return this.#camera;
  }

  resize(frame: Frame): void {
    this.#scene = new Scene(this.#places, frame, this.#scene.answer, this.#scene);
    this.draw();
  }

  /** Lights what was found; undefined while nothing is asked. */
  show(answer: Answered | undefined): void {
    this.#scene = new Scene(this.#places, this.#scene.frame, answer, this.#scene);
    this.draw();
  }

  /** The page's colours are others. */
  recolour(): void {
    this.#look = undefined;
    this.draw();
  }

  /** Shows a photo above all others; `focused` by the keyboard. */
  point(row: number | undefined, focused = false): void {
    if (this.#pointed?.row === row && this.#pointed?.focused === focused) return;
    this.#pointed = row === undefined ? undefined : { row, focused };
    this.draw();
  }

  /** The photo at a point of the frame, px. */
  at(x: number, y: number): number | undefined {
    return this.#scene.hit(x, y, this.#camera, this.#pointed?.row);
  }

  move(right: number, down: number): void {
    this.#glide = undefined;
    this.#camera = moved(this.#camera, this.#scene.frame, right, down);
    this.draw();
  }

  zoom(factor: number, x: number, y: number): void {
    this.#glide = undefined;
    this.#camera = zoomed(this.#camera, this.#scene.frame, factor, x, y, this.#most);
    this.draw();
  }

  /** Zooms as a key or a button does: about the focused photo, else about the middle. */
  step(factor: number): void {
    const { frame } = this.#scene;
    const target = this.#glide?.to ?? this.#camera;
    const [x, y] = this.#pointed?.focused ? this.#scene.at(this.#pointed.row, target) : [frame.width / 2, frame.height / 2];
    this.#glideTo(zoomed(target, frame, factor, x, y, this.#most));
  }

  whole(): void {
    this.#glideTo(WHOLE);
  }

  /** Moves so far that a photo is seen, with others about it. */
  reveal(row: number): void {
    const { frame } = this.#scene;
    const around = Math.min(frame.width, frame.height) / 4;
    this.#glideTo(seeing(this.#glide?.to ?? this.#camera, frame, this.#places[row * 2]!, this.#places[row * 2 + 1]!, around));
  }

  /** So near that even the photos of a crowded place come apart. */
  get #most(): number {
    return Math.max(8, 2 * Math.sqrt(this.#scene.count));
  }

  #glideTo(to: Camera): void {
    if (still()) this.#camera = to;
    else this.#glide = { from: this.#camera, to, since: performance.now() };
    this.draw();
  }

  #draw(now: number): void {
    const { frame } = this.#scene;
    const density = Math.min(MOST_DENSE, devicePixelRatio || 1);
    const [width, height] = [Math.round(frame.width * density), Math.round(frame.height * density)];
    // Setting a canvas' size empties it, even to what it is.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    if (this.#glide) {
      const share = Math.max(0, Math.min(1, (now - this.#glide.since) / GLIDE));
      this.#camera = between(this.#glide.from, this.#glide.to, 1 - (1 - share) ** 3);
      if (share === 1) this.#glide = undefined;
    }
    this.#look ??= lookOf(this.canvas);
    const { row: pointed, focused = false } = this.#pointed ?? {};
    const seen = this.#scene.seen(this.#camera);
    const fading = paint(this.#context, this.#look, {
      scene: this.#scene,
      camera: this.#camera,
      seen,
      thumbnails: this.#thumbnails,
      dots: this.#dots,
      colours: this.#colours,
      pointed,
      focused,
      density,
      now: still() ? Number.POSITIVE_INFINITY : performance.now(),
    });
    // The answer's come first: they are the last that are painted.
    this.#thumbnails.want([...(pointed === undefined ? [] : [pointed]), ...seen.reverse().map(({ row }) => row)]);
    this.onDraw();
    if (fading || this.#glide) this.draw();
  }
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
