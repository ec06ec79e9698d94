import { preprocess, type Rgba } from "./image";
import type { Pack, Preprocessing } from "./pack";
import type { Runtime, Session } from "./runtime";
import { forMetric } from "./text-encoder";

/** Picture -> vector: the projected output at the image encoder's [CLS]. */
export class ImageEncoder {
  readonly #session: Session;

  private constructor(
    readonly pack: Pack,
    readonly preprocessing: Preprocessing,
    session: Session,
  ) {
    this.#session = session;
  }

  static async load(pack: Pack, runtime: Runtime, onBytes?: (loaded: number) => void): Promise<ImageEncoder> {
    const model = await pack.read(pack.manifest.vision.file, onBytes ? { onBytes } : {});
    return new ImageEncoder(pack, await pack.preprocessing(), runtime.session(model));
  }

  /** n pictures -> n x dimension. */
  async encode(images: Rgba[]): Promise<Float32Array> {
    const { input, output } = this.pack.manifest.vision;
    const { width, height } = this.preprocessing;
    const each = 3 * width * height;
    const data = new Float32Array(images.length * each);
    for (const [i, image] of images.entries()) preprocess(image, this.preprocessing, data.subarray(i * each, (i + 1) * each));
    const vectors = await this.#session.run({ [input]: { type: "float32", data, dims: [images.length, 3, height, width] } }, output);
    return forMetric(vectors, this.pack);
  }
}
