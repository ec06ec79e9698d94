import { recordOf } from "./files/digest";
import type { Sink } from "./files/source";
import { numberedRows, rowsAt } from "./gallery/full-rows";
import type { GalleryManifest } from "./gallery/manifest";
import { mapFile } from "./gallery/map";
import type { Gallery } from "./gallery/reader";
import { MOST_MAPPED } from "./mapper-limits";
import { type HalfRows, unhalve } from "./retrieval/half";
import { layAmong, layOut, scaledTo16 } from "./retrieval/map/lay-out";
import { subspaceOf, within } from "./retrieval/subspace";
import { sample } from "./sample";

/** Photos that are laid out together; the others are put among them. The more of them, the more neighbours of all stay near; it takes seconds. */
const LAID_OUT = 3_000;
/** Photos that the directions are taken from. */
const DIRECTED = 500;
/** Directions that photos are compared in: those in which they differ most. */
const DIRECTIONS = 32;
const SEED = 5;

export interface MapOptions {
  /** Where the file goes, below the gallery; with a "/" at its end, or "". */
  folder: string;
  onProgress?: (done: number, total: number, what: string) => void;
}

/**
 * Lays a gallery's photos out (see positionsOf) and writes gallery.json anew with the table. A gallery of more than MOST_MAPPED stays as it is.
 * @throws DotlightError as positionsOf
 */
export async function mapGallery(gallery: Gallery, sink: Sink, { folder, onProgress }: MapOptions): Promise<GalleryManifest> {
  const { manifest } = gallery;
  const { count } = manifest;
  if (count > MOST_MAPPED) return manifest;
  const [file, bytes] = [`${folder}map.dot`, mapFile(await positionsOf(gallery, onProgress))];
  await sink.write(file, bytes);
  const map = { version: 1 as const, file: { file, rows: count, ...(await recordOf(bytes)) } };
  const mapped: GalleryManifest = { ...manifest, tables: { ...manifest.tables, map } };
  await sink.write("gallery.json", new TextEncoder().encode(`${JSON.stringify(mapped)}\n`));
  return mapped;
}

/**
 * A gallery's photos in two dimensions (rows x 2, each axis from 0 to 65535), so that photos that are alike lie close together. The same for the same
 * photos.
 * @throws DotlightError "missing-file" for a gallery without full-precision rows
 */
export async function positionsOf(gallery: Gallery, onProgress: MapOptions["onProgress"] = () => {}): Promise<Uint16Array> {
  const { count } = gallery.manifest;
  onProgress(0, count, "photos in the map");
  const chosen = sample(count, LAID_OUT, SEED);
  const directions = await directionsOf(gallery, chosen);
  const rows = directions.of(await rowsAt(gallery, chosen));
  const laid = {
    rows,
    positions: layOut(rows, directions.count, (share) => onProgress(Math.floor(share * chosen.length), count, "photos in the map")),
  };
  onProgress(chosen.length, count, "photos in the map");
  const positions = new Float32Array(count * 2);
  if (chosen.length < count) {
    for await (const { first, rows: some } of numberedRows(gallery)) {
      positions.set(layAmong(directions.of(some), laid, directions.count), first * 2);
      onProgress(first + some.rows, count, "photos in the map");
    }
  }
  for (const [i, row] of chosen.entries()) positions.set(laid.positions.subarray(i * 2, i * 2 + 2), row * 2);
  return scaledTo16(positions);
}

interface Directions {
  count: number;
  /** Rows' parts in the directions (rows x count), of what they have more than photos in general, at the same length. */
  of: (rows: HalfRows) => Float32Array;
}

/** The directions in which some of the photos differ most from photos in general, the one of most first. */
async function directionsOf(gallery: Gallery, chosen: number[]): Promise<Directions> {
  const { dimension } = gallery.manifest;
  const some = Math.min(chosen.length, DIRECTED);
  const rows = await rowsAt(
    gallery,
    Array.from({ length: some }, (_, i) => chosen[Math.floor((i * chosen.length) / some)]!),
  );
  const vectors = Array.from({ length: some }, (_, row) => unhalve(rows, row));
  const mean = new Float64Array(dimension);
  for (const vector of vectors) for (let i = 0; i < dimension; i++) mean[i]! += vector[i]! / some;
  const own = (vector: Float64Array): Float64Array => {
    const rest = vector.map((value, i) => value - mean[i]!);
    const length = Math.hypot(...rest) || 1;
    return rest.map((value) => value / length);
  };
  const count = Math.min(dimension, DIRECTIONS);
  const basis = subspaceOf([{ vectors: vectors.map(own), weight: 1 }], dimension, count);
  return {
    count,
    of: (all) => {
      const parts = new Float32Array(all.rows * count);
      for (let row = 0; row < all.rows; row++) parts.set(within(basis, own(unhalve(all, row))), row * count);
      return parts;
    },
  };
}
