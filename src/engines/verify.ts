import { DotlightError } from "../files/errors";
import type { EngineTable, GalleryManifest } from "../gallery/manifest";
import type { Engine } from "./engine";

/** Photos whose vectors are compared: the first, the last, and one between. */
const COMPARED = 3;
/** Of a vector's length: what an engine may lose in writing numbers down. */
const CLOSE = 1e-4;

/** What an engine must have: so many rows, by these encoders, among them those of a sample. */
export interface Expected {
  rows: number;
  pack: GalleryManifest["pack"];
  sample: Float64Array[];
}

/** The photo that the i-th row of a sample is of. */
export const sampledPhoto = (i: number, sample: number, photos: number): number => Math.floor((i * photos) / sample);

/**
 * Looks whether a collection holds a gallery's photos, all of them and no others, by what it says and by some of its vectors.
 * @throws DotlightError "engine", "wrong-pack", "network"
 */
export async function verifyRows(engine: Engine, { collection, digest }: EngineTable, { rows, pack, sample }: Expected): Promise<void> {
  const there = await engine.open();
  const named = `The collection "${collection}" of ${engine.name}`;
  const again = "Fill it with dotlight push, or open the gallery that it was filled from; then try again.";
  if (!there)
    throw new DotlightError("engine", `${engine.name} has no collection "${collection}", which has this gallery's vectors.`, again);
  if (there.claim.pack !== pack.fingerprint) {
    throw new DotlightError(
      "wrong-pack",
      `${named} holds vectors of another model (${there.claim.pack.slice(0, 12) || "unknown"}) than this gallery's "${pack.id}" (${pack.fingerprint.slice(0, 12)}): they cannot be compared.`,
      again,
    );
  }
  if (there.claim.digest !== digest) {
    throw new DotlightError("engine", `${named} holds the photos of another gallery, or of this one before it was changed.`, again);
  }
  if (there.rows !== rows) {
    throw new DotlightError(
      "engine",
      `${named} holds ${there.rows} of this gallery's ${rows} photos: what it found would be incomplete.`,
      "Push the gallery again: only what is missing is sent. Then try again.",
    );
  }
  const places = Array.from({ length: COMPARED }, (_, i) => Math.floor((i * (sample.length - 1)) / (COMPARED - 1)));
  const photos = places.map((place) => sampledPhoto(place, sample.length, rows));
  const found = await engine.vectors([...new Set(photos)]);
  for (const [i, photo] of [...new Set(photos)].entries()) {
    if (alike(found[i]!, sample[places[photos.indexOf(photo)]!]!)) continue;
    throw new DotlightError(
      "engine",
      `${named} has another vector of photo ${photo} than this gallery: it would find the wrong photos.`,
      again,
    );
  }
}

function alike(found: Float64Array, expected: Float64Array): boolean {
  const length = (vector: Float64Array) => Math.hypot(...vector);
  return found.length === expected.length && length(found.map((value, i) => value - expected[i]!)) <= CLOSE * length(expected);
}
