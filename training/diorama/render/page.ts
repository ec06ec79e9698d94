import { compose } from "../compose.ts";
import type { Scene } from "../scene.ts";
import { allVisible } from "../visibility.ts";
import { Stage } from "./stage.ts";
import { Surveyor } from "./survey.ts";

/** One finished scene as it crosses from the browser to Node; the JPEG as base64. */
export interface Rendering {
  scene: Scene;
  jpeg: string;
  mask: number[];
  alone: number[];
}

const MOST_ATTEMPTS = 64;
const JPEG_QUALITY = 0.9;
const canvas = document.createElement("canvas");
const surveyor = new Surveyor();
let stage: Stage | undefined;

/** Synchronous on purpose: `toBlob` waits for the browser to be idle, which halves the rate. */
function jpeg(): string {
  const url = canvas.toDataURL("image/jpeg", JPEG_QUALITY);
  return url.slice(url.indexOf(",") + 1);
}

/** Composes and renders one scene of `size` pixels a side; tries layouts until every object can be seen. */
function shoot(seed: number, number: number, size: number): Rendering {
  stage ??= new Stage(canvas, size);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const scene = compose(seed, number, attempt);
    const { mask, alone } = surveyor.survey(scene);
    if (!allVisible(mask, alone)) continue;
    stage.draw(scene);
    return { scene, jpeg: jpeg(), mask, alone };
  }
  throw new Error(`Scene ${number} of seed ${seed}: none of ${MOST_ATTEMPTS} layouts shows every object.`);
}

declare global {
  interface Window {
    shoot: typeof shoot;
  }
}
window.shoot = shoot;
