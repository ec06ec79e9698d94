import { preprocess, type Rgba } from "./image";
import type { Pack } from "./pack";
import type { Preprocessing } from "./preprocessing";
import type { Feeds, Runtime, Session } from "./runtime";
import { forMetric } from "./text-encoder";

/** n pictures' vectors (n x dimension) and, where the pack has a cross-encoder, their regions (n x count x width). */
export interface Encoded {
  vectors: Float32Array;
  regions?: Float32Array;
}

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
    const session = await runtime.session((options) => pack.read(pack.manifest.vision.file, options), onBytes);
    return new ImageEncoder(pack, await pack.preprocessing(), session);
  }

  /** n pictures -> n x dimension. */
  async encode(images: Rgba[]): Promise<Float32Array> {
    const [vectors] = await this.#session.run(this.#feeds(images.map((image) => this.prepare(image))), this.pack.manifest.vision.output);
    return forMetric(vectors!, this.pack);
  }

  /** A picture as the model's input, 3 x height x width: what is kept of it until its batch is encoded. */
  prepare(image: Rgba): Float32Array {
    const out = new Float32Array(3 * this.preprocessing.width * this.preprocessing.height);
    preprocess(image, this.preprocessing, out);
    return out;
  }

  /** Vectors with the pictures' regions (n x count x width), for a pack that has a cross-encoder. */
  encodeWithRegions(images: Rgba[]): Promise<Encoded> {
    return this.encodePrepared(images.map((image) => this.prepare(image)));
  }

  /** The same of prepared pictures. */
  async encodePrepared(inputs: Float32Array[]): Promise<Encoded> {
    const { output, regions: wanted } = this.pack.manifest.vision;
    const outputs = wanted ? [output, wanted.output] : [output];
    const [vectors, regions] = await this.#session.run(this.#feeds(inputs), ...outputs);
    return { vectors: forMetric(vectors!, this.pack), ...(regions ? { regions } : {}) };
  }

  #feeds(inputs: Float32Array[]): Feeds {
    const { width, height } = this.preprocessing;
    const each = 3 * width * height;
    const data = new Float32Array(inputs.length * each);
    for (const [i, input] of inputs.entries()) data.set(input, i * each);
    return { [this.pack.manifest.vision.input]: { type: "float32", data, dims: [inputs.length, 3, height, width] } };
  }
}
