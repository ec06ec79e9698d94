import { DotlightError } from "../files/errors";
import type { Pack, PackManifest } from "./pack";
import type { Feeds, Runtime, Session } from "./runtime";
import type { TextStates } from "./text-encoder";

/** (text, photos) -> match logits: the text's tokens attend to the photos' cached regions (training/cross_encoder.py). */
export class CrossEncoder {
  private constructor(
    readonly cross: NonNullable<PackManifest["cross"]>,
    readonly shape: { count: number; width: number },
    readonly session: Session,
  ) {}

  /** @throws DotlightError "encoder" for a pack without one, and for what `Pack.read` throws */
  static async load(pack: Pack, runtime: Runtime, onBytes?: (loaded: number) => void): Promise<CrossEncoder> {
    const { cross, name } = pack.manifest;
    if (!cross) throw new DotlightError("encoder", `The pack "${name}" has no cross-encoder.`, "Use a pack that re-ranks.");
    const session = await runtime.session((options) => pack.read(cross.file, options), onBytes);
    return new CrossEncoder(cross, pack.regions!, session);
  }

  /** `regions` (m x count x width) and `vectors` (m x dimension) of m photos -> m logits: the higher, the likelier that the text is true of the photo. */
  async score(text: TextStates, regions: Float32Array, vectors: Float32Array): Promise<Float32Array> {
    const [logits] = await this.session.run(this.#feeds(text, regions, vectors), this.cross.output);
    return logits!;
  }

  /**
   * Where the text's tokens look in one photo: tokens x count, each token's shares of the regions.
   * @throws DotlightError "encoder" for a pack that does not say it
   */
  async looks(text: TextStates, regions: Float32Array, vectors: Float32Array): Promise<Float32Array> {
    const { looks } = this.cross;
    if (looks === undefined)
      throw new DotlightError("encoder", "This model does not say where in a picture it looks.", "Use another model.");
    const [shares] = await this.session.run(this.#feeds(text, regions, vectors), looks);
    return shares!.subarray(0, text.tokens * this.shape.count);
  }

  #feeds({ hidden, length, tokens, vector }: TextStates, regions: Float32Array, vectors: Float32Array): Feeds {
    const { inputs, paired } = this.cross;
    const { count, width } = this.shape;
    const photos = regions.length / (count * width);
    const texts = paired ? photos : 1;
    const mask = new BigInt64Array(texts * length);
    for (let text = 0; text < texts; text++) mask.fill(1n, text * length, text * length + tokens);
    return {
      [inputs.states]: { type: "float32", data: repeated(hidden, texts), dims: [texts, length, hidden.length / length] },
      [inputs.mask]: { type: "int64", data: mask, dims: [texts, length] },
      ...(inputs.text ? { [inputs.text]: { type: "float32", data: vector, dims: [1, vector.length] } } : {}),
      ...(inputs.image ? { [inputs.image]: { type: "float32", data: vectors, dims: [photos, vector.length] } } : {}),
      [inputs.regions]: { type: "float32", data: regions, dims: [photos, count, width] },
    };
  }
}

function repeated(values: Float32Array, times: number): Float32Array {
  if (times === 1) return values;
  const all = new Float32Array(values.length * times);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}
