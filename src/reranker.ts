import { CrossEncoder } from "./encoders/cross-encoder";
import type { Pack } from "./encoders/pack";
import type { Runtime } from "./encoders/runtime";
import type { TextStates } from "./encoders/text-encoder";
import { DotlightError } from "./files/errors";
import type { Gallery } from "./gallery/reader";
import type { RowReader } from "./retrieval/settle";

/** Pairs of a run: few enough that a newer query never waits long, many enough that starting a run does not count. */
const BATCH = 10;

export interface ScoreOptions {
  /** Asked between batches whether the scores are no longer wanted. */
  overtaken?: () => boolean;
  /** Lets messages in between batches, where they do not come by themselves. */
  pause?: () => Promise<void>;
}

/** Scores (text, photo) pairs by the pack's cross-encoder over the gallery's cached regions: nothing is decoded again. */
export class Reranker {
  private constructor(
    readonly cross: CrossEncoder,
    readonly regions: (rows: number[]) => Promise<Float32Array>,
    readonly vectors: RowReader,
  ) {}

  /** Why this gallery cannot be re-ranked with this pack; undefined where it can. */
  static why(gallery: Gallery, pack: Pack): string | undefined {
    const { regions, vectors, engine } = gallery.manifest.tables;
    if (!pack.regions) return `The pack "${pack.manifest.name}" has no cross-encoder.`;
    if (!regions || !(engine ?? vectors?.exact))
      return `The gallery "${gallery.manifest.name}" has no regions: index its photos again to re-rank them.`;
    const { count, width } = pack.regions;
    if (regions.count === count && regions.width === width) return undefined;
    return `The gallery has ${regions.count} x ${regions.width} regions, the cross-encoder reads ${count} x ${width}: index the photos again.`;
  }

  /** @param vectors the gallery's full-precision rows. @throws DotlightError "encoder" where `why` has a reason */
  static async load(
    gallery: Gallery,
    vectors: RowReader | undefined,
    pack: Pack,
    runtime: Runtime,
    onBytes?: (loaded: number) => void,
  ): Promise<Reranker> {
    const why = Reranker.why(gallery, pack);
    if (why) throw new DotlightError("encoder", why, "Search works without re-ranking.");
    return new Reranker(await CrossEncoder.load(pack, runtime, onBytes), gallery.regions()!, vectors!);
  }

  /** The same cross-encoder over another gallery that it can re-rank. */
  over(gallery: Gallery, vectors: RowReader | undefined): Reranker {
    return new Reranker(this.cross, gallery.regions()!, vectors!);
  }

  /**
   * Match logits of one text with each of these photos, in their order.
   * @throws DotlightError "overtaken", and for regions that are missing or damaged
   */
  async score(text: TextStates, rows: number[], { overtaken, pause }: ScoreOptions = {}): Promise<Float32Array> {
    const logits = new Float32Array(rows.length);
    const [regions, exact] = await Promise.all([this.regions(rows), this.vectors.read(rows)]);
    const [each, dimension] = [regions.length / Math.max(1, rows.length), text.vector.length];
    const vectors = new Float32Array(rows.length * dimension);
    for (const [i, row] of exact.entries()) vectors.set(row, i * dimension);
    for (let at = 0; at < rows.length; at += BATCH) {
      await pause?.();
      if (overtaken?.()) throw new DotlightError("overtaken", "A newer query has come.", "Read its answer.");
      const end = Math.min(rows.length, at + BATCH);
      const batch = regions.subarray(at * each, end * each);
      logits.set(await this.cross.score(text, batch, vectors.subarray(at * dimension, end * dimension)), at);
    }
    return logits;
  }

  /** Where the text's tokens look in one photo: tokens x regions, each token's shares of them. @throws DotlightError as CrossEncoder.looks */
  async looks(text: TextStates, row: number): Promise<Float32Array> {
    const [regions, [vector]] = await Promise.all([this.regions([row]), this.vectors.read([row])]);
    return this.cross.looks(text, regions, Float32Array.from(vector!));
  }
}
