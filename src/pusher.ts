import type { Claim, Engine, EngineRow } from "./engines/engine";
import { fieldsOf } from "./engines/fields";
import { sampledPhoto, verifyRows } from "./engines/verify";
import { recordOf, sha256 } from "./files/digest";
import { DotlightError } from "./files/errors";
import type { Sink } from "./files/source";
import { Tally } from "./gallery/facets";
import { tableFiles } from "./gallery/files";
import type { EngineTable, GalleryManifest } from "./gallery/manifest";
import type { Gallery } from "./gallery/reader";
import { writeExact } from "./gallery/shard";
import { halve } from "./retrieval/half";
import type { RowReader } from "./retrieval/settle";

/** Photos whose vectors stay among the files: they stand for all where parts of a query are weighed, and show what the engine should hold. */
const SAMPLE = 500;

/** Names a gallery's photos: their vectors, what is shown of them, and what they score in general. */
export function photosDigest({ pack, tables: { vectors, items, calibration } }: GalleryManifest): Promise<string> {
  const files = tableFiles({ ...(vectors ? { vectors } : {}), items, ...(calibration ? { calibration } : {}) });
  return sha256(new TextEncoder().encode([pack.fingerprint, calibration?.digest ?? "", ...files.map(({ sha256 }) => sha256)].join(":")));
}

/**
 * Sends a gallery's photos to an engine, those that it lacks, and looks whether it has them then; writes what the pushed gallery has in the place of
 * its vectors.
 * @param to where pages find the collection
 * @returns the table that names it, and how many photos were sent
 * @throws DotlightError "engine" for a collection that holds something else, "network"
 */
export async function push(
  gallery: Gallery,
  engine: Engine,
  to: Pick<EngineTable, "kind" | "url" | "collection">,
  sink: Sink,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<{ table: EngineTable; sent: number }> {
  const { count, pack, dimension, tables } = gallery.manifest;
  const vectors = gallery.exactRows(true);
  if (!vectors) {
    throw new DotlightError(
      "bad-vectors",
      `"${gallery.manifest.name}" has no full-precision vectors to send.`,
      "Index its photos again with this version.",
    );
  }
  const claim: Claim = { digest: await photosDigest(gallery.manifest), pack: pack.fingerprint };
  const there = await opened(engine, to.collection, claim, count);
  const spreads = await gallery.spreads();
  const tally = new Tally();
  let sent = 0;
  for (let first = 0; first < count; first += engine.batch) {
    const rows = Array.from({ length: Math.min(engine.batch, count - first) }, (_, i) => first + i);
    const present = there > 0 ? await engine.present(rows) : new Set<number>();
    const items = await gallery.items(rows);
    for (const item of items) tally.add(item);
    const missing = rows.filter((row) => !present.has(row));
    if (missing.length > 0) {
      const read = await vectors.read(missing);
      await engine.put(
        missing.map(
          (row, i): EngineRow => ({ row, vector: Float32Array.from(read[i]!), fields: fieldsOf(items[row - first]!, spreads?.(row)) }),
        ),
      );
    }
    sent += missing.length;
    onProgress(first + rows.length, count);
  }
  const sample = await sampleOf(vectors, count);
  const exact = Float32Array.from(sample.flatMap((row) => [...row]));
  const folder = `engine/${claim.digest.slice(0, 16)}`;
  const written = async (file: string, rows: number, bytes: Uint8Array<ArrayBuffer>) => {
    await sink.write(file, bytes);
    return { file, rows, ...(await recordOf(bytes)) };
  };
  const table: EngineTable = {
    version: 1,
    ...to,
    digest: claim.digest,
    sample: await written(`${folder}/sample.dot`, sample.length, writeExact(halve(exact, dimension))),
    facets: await written(`${folder}/facets.json`, 1, new TextEncoder().encode(`${JSON.stringify(tally.counts())}\n`)),
    ...(tables.calibration ? { calibration: tables.calibration.digest } : {}),
  };
  await verifyRows(engine, table, { rows: count, pack, sample });
  return { table, sent };
}

/** Finds the collection, or makes it. @returns how many rows it has. @throws DotlightError "engine" for one that holds something else */
async function opened(engine: Engine, collection: string, claim: Claim, count: number): Promise<number> {
  const there = await engine.open();
  if (!there) {
    await engine.create(claim);
    return 0;
  }
  const other = there.claim.digest !== claim.digest || there.claim.pack !== claim.pack;
  if (!other && there.rows <= count) return there.rows;
  throw new DotlightError(
    "engine",
    `The collection "${collection}" of ${engine.name} holds ${other ? "other photos than this gallery's" : `${there.rows} rows, and the gallery has ${count} photos`}: nothing was sent.`,
    "Choose another name with --collection, or delete that collection.",
  );
}

/** Rows of photos from all over the gallery. */
async function sampleOf(vectors: RowReader, count: number): Promise<Float64Array[]> {
  const size = Math.min(SAMPLE, count);
  return vectors.read(Array.from({ length: size }, (_, i) => sampledPhoto(i, size, count)));
}
