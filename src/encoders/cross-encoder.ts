import { DotlightError } from "../files/errors";
import type { Pack, PackManifest } from "./pack";
import type { Runtime, Session } from "./runtime";
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
    const model = await pack.read(cross.file, onBytes ? { onBytes } : {});
    return new CrossEncoder(cross, pack.regions!, runtime.session(model));
  }

  /** `regions` (m x count x width) and `vectors` (m x dimension) of m photos -> m logits: the higher, the likelier that the text is true of the photo. */
  async score({ hidden, length, vector }: TextStates, regions: Float32Array, vectors: Float32Array): Promise<Float32Array> {
    const { inputs, output } = this.cross;
    const { count, width } = this.shape;
    const [logits] = await this.session.run(
      {
        [inputs.states]: { type: "float32", data: hidden, dims: [1, length, hidden.length / length] },
        [inputs.mask]: { type: "int64", data: new BigInt64Array(length).fill(1n), dims: [1, length] },
        [inputs.text]: { type: "float32", data: vector, dims: [1, vector.length] },
        [inputs.image]: { type: "float32", data: vectors, dims: [vectors.length / vector.length, vector.length] },
        [inputs.regions]: { type: "float32", data: regions, dims: [regions.length / (count * width), count, width] },
      },
      output,
    );
    return logits!;
  }
}
