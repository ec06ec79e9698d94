import { preprocess, type Rgba } from "./image";
import type { Pack, Preprocessing } from "./pack";
import type { Feeds, Runtime, Session } from "./runtime";
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
    const [vectors] = await this.#session.run(this.#feeds(images), this.pack.manifest.vision.output);
    return forMetric(vectors!, this.pack);
  }

  /** The same with the pictures' regions (n x count x width), for a pack that has a cross-encoder. */
  async encodeWithRegions(images: Rgba[]): Promise<{ vectors: Float32Array; regions?: Float32Array }> {
    const { output, regions: wanted } = this.pack.manifest.vision;
    if (!wanted) return { vectors: await this.encode(images) };
    const [vectors, regions] = await this.#session.run(this.#feeds(images), output, wanted.output);
    return { vectors: forMetric(vectors, this.pack), regions };
  }

  #feeds(images: Rgba[]): Feeds {
    const { width, height } = this.preprocessing;
    const each = 3 * width * height;
    const data = new Float32Array(images.length * each);
    for (const [i, image] of images.entries()) preprocess(image, this.preprocessing, data.subarray(i * each, (i + 1) * each));
    return { [this.pack.manifest.vision.input]: { type: "float32", data, dims: [images.length, 3, height, width] } };
  }
}
