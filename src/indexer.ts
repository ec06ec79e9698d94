import type { Rgba } from "./encoders/image";
import type { ImageEncoder } from "./encoders/image-encoder";
import type { TextEncoder } from "./encoders/text-encoder";
import type { CaptionText, GalleryManifest, Item } from "./gallery/manifest";
import type { GalleryWriter } from "./gallery/writer";

/** A photo to index: how to get its pixels, and what will be shown of it. */
export interface Photo {
  /** For messages. */
  name: string;
  /** Decodes it and makes its item (with the thumbnail written). @throws when it cannot be read */
  open(): Promise<{ pixels: Rgba; item: Item }>;
}

/** A caption to index; `photo` and `relevant` are places in the list of photos. */
export interface PhotoCaption {
  text: string;
  language: string;
  photo: number;
  category?: string;
  relevant?: number[];
}

export interface Indexed {
  manifest: GalleryManifest | undefined;
  /** Photos that could not be read, each with its reason. */
  skipped: { name: string; reason: string }[];
}

/** Captions, and what encodes them. */
export interface Captions {
  list: PhotoCaption[];
  encoder: TextEncoder;
}

export type OnProgress = (done: number, total: number, what: "photos" | "captions") => void;

/** Photos that are encoded together; also what machines share out among them, so that vectors do not depend on how many there are. */
const BATCH = 16;
const CAPTION_BATCH = 64;

/** What was made of a batch: of each photo that was read its place in the list, its item and its row of vectors and regions. */
export interface Encoded {
  places: number[];
  items: Item[];
  vectors: Float32Array;
  regions?: Float32Array;
  skipped: Indexed["skipped"];
}

/** How many batches a list of photos has. */
export const batchesOf = (photos: number): number => Math.ceil(photos / BATCH);

/** Reads and encodes the photos of one batch. A photo that cannot be read is named and left out. */
export async function encodeBatch(photos: Photo[], batch: number, encoder: ImageEncoder): Promise<Encoded> {
  const skipped: Indexed["skipped"] = [];
  const first = batch * BATCH;
  const opened = await Promise.all(
    photos.slice(first, first + BATCH).map(async (photo, i) => {
      try {
        return { place: first + i, ...(await photo.open()) };
      } catch (error) {
        skipped.push({ name: photo.name, reason: error instanceof Error ? error.message : String(error) });
        return undefined;
      }
    }),
  );
  const read = opened.filter((o) => o !== undefined);
  const made = read.length > 0 ? await encoder.encodeWithRegions(read.map(({ pixels }) => pixels)) : { vectors: new Float32Array() };
  return { places: read.map(({ place }) => place), items: read.map(({ item }) => item), ...made, skipped };
}

/**
 * The offline path, top to bottom: photos -> pixels -> vectors -> gallery; then captions likewise. A photo that cannot be read is named and
 * left out. Without any readable photo nothing is finished and `manifest` is undefined.
 */
export function index(
  photos: Photo[],
  writer: GalleryWriter,
  encoder: ImageEncoder,
  captions?: Captions,
  onProgress?: OnProgress,
): Promise<Indexed> {
  return assemble(photos.length, (batch) => encodeBatch(photos, batch, encoder), writer, captions, onProgress);
}

/** A gallery of so many photos; `encoded` gives each batch as encodeBatch made it, now or on another machine. */
export async function assemble(
  photos: number,
  encoded: (batch: number) => Promise<Encoded>,
  writer: GalleryWriter,
  captions?: Captions,
  onProgress: OnProgress = () => {},
): Promise<Indexed> {
  const skipped: Indexed["skipped"] = [];
  /** The gallery row of each photo that was read. */
  const rowOf = new Map<number, number>();
  for (let batch = 0; batch < batchesOf(photos); batch++) {
    const { places, items, vectors, regions, skipped: left } = await encoded(batch);
    skipped.push(...left);
    for (const [i, place] of places.entries()) rowOf.set(place, writer.count + i);
    if (places.length > 0) await writer.addImages(vectors, items, regions);
    onProgress(Math.min(photos, (batch + 1) * BATCH), photos, "photos");
  }
  if (writer.count === 0) return { manifest: undefined, skipped };
  if (captions) await indexCaptions(captions, rowOf, writer, onProgress);
  return { manifest: await writer.finish(), skipped };
}

async function indexCaptions(
  { list, encoder }: Captions,
  rowOf: Map<number, number>,
  writer: GalleryWriter,
  onProgress: OnProgress,
): Promise<void> {
  const kept = list.filter(({ photo }) => rowOf.has(photo));
  const languages = [...new Set(kept.map(({ language }) => language))];
  const batches = languages.flatMap((language) => {
    const own = kept.filter((caption) => caption.language === language);
    const count = Math.ceil(own.length / CAPTION_BATCH);
    return Array.from({ length: count }, (_, i) => ({ language, batch: own.slice(i * CAPTION_BATCH, (i + 1) * CAPTION_BATCH) }));
  });
  let done = 0;
  for (const { language, batch } of batches) {
    const vectors = await encoder.encode(batch.map(({ text }) => encoder.tokenizer.encode(text)));
    const texts = batch.map(({ text, photo, category, relevant }): CaptionText => {
      const rows = relevant?.map((place) => rowOf.get(place)).filter((row) => row !== undefined);
      return { text, image: rowOf.get(photo)!, ...(category ? { category } : {}), ...(rows ? { relevant: rows } : {}) };
    });
    await writer.addCaptions(language, vectors, texts);
    done += batch.length;
    onProgress(done, kept.length, "captions");
  }
}
