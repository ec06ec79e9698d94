import type { Part } from "../parts.ts";

export interface Kind {
  /** Half the length, and half the depth, of the model's footprint, and its height; metres. */
  readonly reach: number;
  readonly girth: number;
  readonly height: number;
  /** How far it may turn from the view that shows it best, radians. */
  readonly swing: number;
  /** "camera": has a front that should be seen; "either": may also look the other way. */
  readonly faces: "camera" | "either";
  readonly parts: readonly Part[];
}
