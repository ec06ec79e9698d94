import type { Sink } from "./files/source";
import type { ClusterTable } from "./gallery/clusters";
import { copyRow, numberedRows, rowsAt } from "./gallery/full-rows";
import { ListWriter } from "./gallery/list-writer";
import type { GalleryManifest } from "./gallery/manifest";
import type { Gallery } from "./gallery/reader";
import { exactStride } from "./gallery/shard";
import { Grouping, SAMPLE_EACH } from "./retrieval/clusters/grouping";
import { probesFor } from "./retrieval/clusters/probing";
import { type HalfRows, unhalve } from "./retrieval/half";
import type { Vector } from "./retrieval/scan";
import { type Basis, subspaceOf, within } from "./retrieval/subspace";
import { random, sample } from "./sample";

export interface ClusterOptions {
  /** About how many lists; LIST_ROWS photos each where it is not said. */
  lists?: number;
  /** Vectors of texts like those that people ask by: the subspace is theirs, and probing is measured with them. */
  texts: Vector[];
  /** Where the files go, below the gallery; with a "/" at its end, or "". */
  folder: string;
  /** Every list in a file of its own, for hosts that answer a range with the whole file. */
  alone?: boolean;
  onProgress?: (done: number, total: number, what: string) => void;
}

const LIST_ROWS = 500;
const SEED = 2103;
/**
 * The share of the ten best photos that the lists read for a text hold. Names of things are harder than what people write: lists that hold 95 % of
 * theirs hold 99 % of the ten best for captions (2,000,000 real vectors, npm run bench -- clusters).
 */
const WANTED = 0.95;
/**
 * How much photos count beside texts where the subspace is chosen. Of 200,000 real vectors, the best 20 by four bits in it hold 97.9 % of the ten best
 * for a text and 99.2 % of those for a photo; with photos not counted 97.4 % and 91.3 %.
 */
const PHOTOS_WEIGHT = 0.1;
/** Photos that stand for all of them. */
const SAMPLE = 500;
/** Bytes of full-precision rows that are in memory while lists are written. */
const AT_ONCE = 256e6;

/** Dimensions of the subspace: half of them hold 99 % of the built-in packs' text vectors. */
const narrower = (dimension: number): number => Math.min(dimension, Math.ceil(dimension / 256) * 128);

/**
 * Groups a gallery's photos into lists, measures how many of them a query must read, and writes gallery.json anew with the table. The same for the
 * same photos and texts.
 * @throws DotlightError "missing-file" for a gallery without full-precision rows
 */
export async function clusterGallery(gallery: Gallery, sink: Sink, options: ClusterOptions): Promise<GalleryManifest> {
  const { manifest } = gallery;
  const { onProgress = () => {} } = options;
  const { count, dimension: whole } = manifest;
  const dimension = narrower(whole);
  const lists = Math.max(1, Math.min(count, options.lists ?? Math.round(count / LIST_ROWS)));
  const some = Math.min(count, SAMPLE);
  const samples = await rowsAt(
    gallery,
    Array.from({ length: some }, (_, i) => Math.floor((i * count) / some)),
  );
  const texts = options.texts.map((text) => Float64Array.from(text));
  const basis = subspaceOf(
    [
      { vectors: texts, weight: 1 },
      { vectors: unpacked(samples), weight: PHOTOS_WEIGHT },
    ],
    whole,
    dimension,
  );

  const grouping = Grouping.of(
    inSubspace(basis, await rowsAt(gallery, sample(count, lists * SAMPLE_EACH, SEED))),
    dimension,
    lists,
    random(SEED),
  );
  const members: number[][] = Array.from({ length: grouping.centres.count }, () => []);
  for await (const { first, rows } of numberedRows(gallery)) {
    const parts = inSubspace(basis, rows);
    for (let row = 0; row < rows.rows; row++) members[grouping.nearest(parts, row)]!.push(first + row);
    onProgress(first + rows.rows, count, "photos sorted");
  }

  const groups = grouping.from.slice(1).map((to, group) => members.slice(grouping.from[group]!, to));
  const files = (options.alone ? members.map((list) => [list]) : groups).map((file) => file.filter((list) => list.length > 0));
  const writer = new ListWriter(sink, options.folder, basis, options.texts);
  const placeOf = new Uint32Array(count);
  let done = 0;
  for (const batch of batches(files, AT_ONCE / exactStride(whole))) {
    // One pass over the gallery for as many lists as memory holds.
    const wanted = Uint32Array.from(batch.flat(2)).sort();
    for (const [place, row] of wanted.entries()) placeOf[row] = place;
    const rows = await rowsAt(gallery, wanted);
    for (const file of batch) {
      await writer.write(file.map((numbers) => ({ numbers, rows: picked(rows, (i) => placeOf[numbers[i]!]!, numbers.length) })));
      done += file.reduce((sum, { length }) => sum + length, 0);
      onProgress(done, count, "photos in lists");
    }
  }
  const { entries, known, ...written } = await writer.finish(samples);
  const { deviations, probes, share } = probesFor(known, entries, WANTED);
  const clusters: ClusterTable = {
    version: 1,
    dimension,
    lists: entries.length,
    probes,
    deviations,
    found: { share, queries: known.length },
    ...written,
  };
  const clustered: GalleryManifest = { ...manifest, tables: { ...manifest.tables, clusters } };
  await sink.write("gallery.json", new TextEncoder().encode(`${JSON.stringify(clustered)}\n`));
  return clustered;
}

/** `count` of the rows, the i-th of them row `placeOf(i)`. */
function picked(rows: HalfRows, placeOf: (i: number) => number, count: number): HalfRows {
  const { dimension } = rows;
  const own: HalfRows = { rows: count, dimension, halves: new Uint16Array(count * dimension), scales: new Float32Array(count) };
  for (let i = 0; i < count; i++) copyRow(rows, placeOf(i), own, i);
  return own;
}

/** Rows x the subspace's dimension. */
function inSubspace(basis: Basis, rows: HalfRows): Float32Array {
  const dimension = basis.length / rows.dimension;
  const parts = new Float32Array(rows.rows * dimension);
  for (const [row, vector] of unpacked(rows).entries()) parts.set(within(basis, vector), row * dimension);
  return parts;
}

const unpacked = (rows: HalfRows): Float64Array[] => Array.from({ length: rows.rows }, (_, row) => unhalve(rows, row));

/** Files in their order, as many together as have no more than `most` rows, one at least. */
function batches(files: number[][][], most: number): number[][][][] {
  const all: number[][][][] = [];
  let room = 0;
  for (const file of files.filter(({ length }) => length > 0)) {
    const rows = file.reduce((sum, { length }) => sum + length, 0);
    if (rows > room) {
      all.push([]);
      room = most;
    }
    all.at(-1)!.push(file);
    room -= rows;
  }
  return all;
}
