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

const BATCH = 16;
const CAPTION_BATCH = 64;

/**
 * The offline path, top to bottom: photos -> pixels -> vectors -> gallery; then captions likewise. A photo that cannot be read is named and
 * left out. Without any readable photo nothing is finished and `manifest` is undefined.
 */
export async function index(
  photos: Photo[],
  writer: GalleryWriter,
  encoder: ImageEncoder,
  captions?: { list: PhotoCaption[]; encoder: TextEncoder },
  onProgress: (done: number, total: number, what: "photos" | "captions") => void = () => {},
): Promise<Indexed> {
  const skipped: Indexed["skipped"] = [];
  /** The gallery row of each photo that was read. */
  const rowOf = new Map<number, number>();
  for (let at = 0; at < photos.length; at += BATCH) {
    const batch = photos.slice(at, at + BATCH);
    const opened = await Promise.all(
      batch.map(async (photo, i) => {
        try {
          return { place: at + i, ...(await photo.open()) };
        } catch (error) {
          skipped.push({ name: photo.name, reason: error instanceof Error ? error.message : String(error) });
          return undefined;
        }
      }),
    );
    const read = opened.filter((o) => o !== undefined);
    if (read.length > 0) {
      for (const [i, { place }] of read.entries()) rowOf.set(place, writer.count + i);
      const { vectors, regions } = await encoder.encodeWithRegions(read.map(({ pixels }) => pixels));
      await writer.addImages(
        vectors,
        read.map(({ item }) => item),
        regions,
      );
    }
    onProgress(Math.min(photos.length, at + BATCH), photos.length, "photos");
  }
  if (writer.count === 0) return { manifest: undefined, skipped };
  if (captions) await indexCaptions(captions, rowOf, writer, onProgress);
  return { manifest: await writer.finish(), skipped };
}

async function indexCaptions(
  { list, encoder }: { list: PhotoCaption[]; encoder: TextEncoder },
  rowOf: Map<number, number>,
  writer: GalleryWriter,
  onProgress: (done: number, total: number, what: "captions") => void,
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
