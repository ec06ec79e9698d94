import type { ImageEncoder } from "../encoders/image-encoder";
import { codeRegions } from "../gallery/regions";
import { halve, unhalve } from "../retrieval/half";
import type { Made, StoredPhoto } from "../store/records";

/** What is stored of a photo that was encoded. */
export interface EncodedPhoto {
  made: Omit<Made, "thumbnail">;
  of: Pick<StoredPhoto, "regions">;
}

/** Encodes prepared photos: their vectors and, where the pack has a cross-encoder, their regions. @throws DotlightError "encoder", "bad-vectors" */
export async function encode(encoder: ImageEncoder, inputs: Float32Array[]): Promise<EncodedPhoto[]> {
  const { vectors, regions } = await encoder.encodePrepared(inputs);
  const shape = encoder.pack.regions;
  const row = (values: Float32Array, i: number) =>
    values.slice((i * values.length) / inputs.length, ((i + 1) * values.length) / inputs.length);
  return inputs.map((_, i) => {
    const vector = asStored(row(vectors, i));
    if (!shape || !regions) return { made: { vector }, of: {} };
    return { made: { vector, regions: codeRegions(row(regions, i), shape) }, of: { regions: shape } };
  });
}

/** The numbers that the store and every export hold: 16 bits and a scale, so that an import gives the same again. */
function asStored(vector: Float32Array): Float32Array {
  return Float32Array.from(unhalve(halve(vector, vector.length), 0));
}
