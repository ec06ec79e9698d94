import { type Camera, toFrame } from "./camera";
import { type Colour, colourOf, type Dots } from "./dots";
import { POINTED, type Scene, type Seen } from "./scene";
import { sideOf } from "./thinning";
import type { Thumbnails } from "./thumbnails";

/** What the page's colours are now: light or dark. */
export interface Look {
  ground: string;
  dot: Colour;
  accent: string;
}

/** The canvas' own styles, by which the page's colours come to it. */
export function lookOf(canvas: HTMLCanvasElement): Look {
  const { backgroundColor, color, caretColor } = getComputedStyle(canvas);
  return { ground: backgroundColor, dot: colourOf(color), accent: caretColor };
}

export interface Painting {
  scene: Scene;
  camera: Camera;
  /** The photos that the scene shows as pictures. */
  seen: Seen[];
  thumbnails: Thumbnails;
  dots: Dots;
  /** Each photo's mean colour, where it is known. */
  colours: (Colour | undefined)[];
  /** The photo that is pointed at or focused, and whether keys are meant for it. */
  pointed: number | undefined;
  focused: boolean;
  /** Device pixels a px. */
  density: number;
  /** Ms; pictures fade in with it, at once where motion is not wanted. */
  now: number;
}

/** What an answer does not have is there, but steps back. */
const DIM = { picture: 0.22, dot: 0.3 };
const DOT = 2.2;

/** Draws a map. @returns whether something is still fading in */
export function paint(context: CanvasRenderingContext2D, look: Look, painting: Painting): boolean {
  const { scene, camera, seen, thumbnails, density, pointed, focused, now } = painting;
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  paintDots(context, look, painting);
  context.setTransform(density, 0, 0, density, 0, 0);
  let fading = false;
  const tile = (one: Seen, opacity: number, ring?: string) => {
    const got = thumbnails.get(one.row, now);
    if (got && got.seen < 1) fading = true;
    const colour = painting.colours[one.row];
    paintTile(
      context,
      one,
      { opacity, ground: look.ground, plain: colour ? `rgb(${colour})` : `rgba(${look.dot}, 0.3)`, ...(ring ? { ring } : {}) },
      got,
    );
  };
  for (const one of seen) {
    if (one.row !== pointed) tile(one, scene.answer && !one.lit ? DIM.picture : 1, one.lit === "matches" ? look.accent : undefined);
  }
  if (pointed !== undefined) {
    const [x, y] = scene.at(pointed, camera);
    const side = sideOf(scene.frame, camera.zoom) * POINTED;
    const [half, width, height] = [side / 2 + 4, canvas.width / density, canvas.height / density];
    // As a whole within the frame.
    const inside = { x: Math.max(half, Math.min(x, width - half)), y: Math.max(half, Math.min(y, height - half)) };
    tile({ row: pointed, ...inside, side }, 1, focused ? look.accent : `rgb(${look.dot})`);
  }
  return fading;
}

function paintDots(context: CanvasRenderingContext2D, look: Look, { scene, camera, dots, colours, density }: Painting): void {
  dots.begin(context.canvas.width, context.canvas.height);
  const { places, frame, count, answer } = scene;
  // Many dots are smaller ones.
  const radius = DOT * density * Math.max(0.55, Math.min(1, (2_000 / count) ** 0.2)) * Math.min(2, camera.zoom ** 0.25);
  const plain = dots.brush(radius, answer ? DIM.dot : 0.9);
  // By one sum for each: it is done for a hundred thousand in a frame.
  const [left, top] = toFrame(camera, frame, 0, 0);
  const [right, bottom] = toFrame(camera, frame, 1, 1);
  for (let row = 0; row < count; row++) {
    const x = left + places[row * 2]! * (right - left);
    const y = top + places[row * 2 + 1]! * (bottom - top);
    plain(x * density, y * density, colours[row] ?? look.dot);
  }
  if (answer) {
    const [match, near, accent] = [dots.brush(radius * 1.6, 1), dots.brush(radius, 1), colourOf(look.accent)];
    for (const [place, row] of answer.rows.entries()) {
      const [x, y] = scene.at(row, camera);
      if (place < answer.matches) match(x * density, y * density, accent);
      else near(x * density, y * density, colours[row] ?? look.dot);
    }
  }
  dots.paint(context);
}

interface TileLook {
  opacity: number;
  ground: string;
  plain: string;
  ring?: string;
}

/** A picture cut to a square with round corners, on the ground that keeps it from what lies under it. */
function paintTile(
  context: CanvasRenderingContext2D,
  { x, y, side }: Seen,
  { opacity, ground, plain, ring }: TileLook,
  got: ReturnType<Thumbnails["get"]>,
): void {
  const [left, top, radius] = [x - side / 2, y - side / 2, side * 0.12];
  const square = (grown: number) => {
    context.beginPath();
    context.roundRect(left - grown, top - grown, side + 2 * grown, side + 2 * grown, radius + grown);
  };
  square(ring ? 2.5 : 1.5);
  context.fillStyle = ring ?? ground;
  context.fill();
  context.save();
  square(0);
  context.clip();
  context.fillStyle = ground;
  context.fill();
  context.globalAlpha = opacity;
  context.fillStyle = plain;
  context.fill();
  if (got) {
    const { image, seen } = got;
    const { naturalWidth: width, naturalHeight: height } = image;
    const cut = Math.min(width, height);
    context.globalAlpha = opacity * seen;
    context.drawImage(image, (width - cut) / 2, (height - cut) / 2, cut, cut, left, top, side, side);
  }
  context.restore();
}
