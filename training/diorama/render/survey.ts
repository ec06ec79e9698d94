import { Color, MeshBasicMaterial, PerspectiveCamera, WebGLRenderer, Scene as World } from "three";
import type { Scene } from "../scene.ts";
import { actor, aim } from "./stage.ts";

/** Side of the object-id map, pixels. */
export const MASK_SIZE = 64;
const MOST_OBJECTS = 7;

export interface Survey {
  /** Per pixel of the MASK_SIZE square, top row first: object index + 1, or 0. */
  mask: number[];
  /** Per object: the pixels it would cover if it stood alone. */
  alone: number[];
}

/** Finds which object each part of a picture shows: one small tile with all of them, then one with each alone. */
export class Surveyor {
  readonly #renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera(30, 1, 0.5, 200);
  readonly #pixels = new Uint8Array(MASK_SIZE * (MOST_OBJECTS + 1) * MASK_SIZE * 4);
  readonly #materials = Array.from(
    { length: MOST_OBJECTS },
    (_, index) => new MeshBasicMaterial({ color: new Color().setRGB((index + 1) / 255, 0, 0, "srgb") }),
  );

  constructor() {
    this.#renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
    this.#renderer.setSize(MASK_SIZE * (MOST_OBJECTS + 1), MASK_SIZE, false);
    this.#renderer.setScissorTest(true);
  }

  survey(scene: Scene): Survey {
    const { objects } = scene;
    const world = new World();
    aim(this.#camera, scene);
    const actors = objects.map((object, index) => actor(object, this.#materials[index]!));
    world.add(...actors);
    for (let tile = 0; tile <= objects.length; tile++) {
      actors.forEach((mesh, index) => {
        mesh.visible = tile === 0 || index === tile - 1;
      });
      this.#renderer.setViewport(tile * MASK_SIZE, 0, MASK_SIZE, MASK_SIZE);
      this.#renderer.setScissor(tile * MASK_SIZE, 0, MASK_SIZE, MASK_SIZE);
      this.#renderer.render(world, this.#camera);
    }
    const width = MASK_SIZE * (objects.length + 1);
    const context = this.#renderer.getContext();
    context.readPixels(0, 0, width, MASK_SIZE, context.RGBA, context.UNSIGNED_BYTE, this.#pixels);
    const pixel = (tile: number, x: number, y: number) => this.#pixels[((MASK_SIZE - 1 - y) * width + tile * MASK_SIZE + x) * 4]!;
    const mask: number[] = [];
    const alone = objects.map(() => 0);
    for (let y = 0; y < MASK_SIZE; y++) {
      for (let x = 0; x < MASK_SIZE; x++) {
        mask.push(pixel(0, x, y));
        for (let index = 0; index < alone.length; index++) {
          if (pixel(index + 1, x, y) > 0) alone[index]!++;
        }
      }
    }
    return { mask, alone };
  }
}
