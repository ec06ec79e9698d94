import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { Rgba } from "../../encoders/image";
import { ImageEncoder } from "../../encoders/image-encoder";
import { openPack } from "../../encoders/registry/open-pack.node";
import { nodeRuntime } from "../../encoders/runtime.node";
import { recordOf, sha256 } from "../../files/digest";
import { directorySink } from "../../files/directory.node";
import { DotlightError } from "../../files/errors";
import type { Thumbnail } from "../../gallery/manifest";
import { exifOf } from "../../importer/details";
import { decode } from "../photos";
import { type PhotoRecord, Records } from "./records";
import { embeddedTexts } from "./texts";
import { why } from "./walk";

/** What every encoder of a build is told. */
export interface Setting {
  /** The pack, as `openPack` takes it. */
  pack: string;
  /** The gallery's folder, where pictures are written. */
  gallery: string;
  records: { folder: string; made: string };
  /** Longer sides of the two pictures, pixels. */
  sides: { thumb: number; large: number };
}

/** What came of one photo. A photo that cannot be read is left out; where nothing can be written, the build ends. */
export type Outcome = { digest: string; encoded: boolean } | { unreadable: string } | { unwritable: string };

/** AVIF is half of WebP's size where a grid shows many, and too slow to make for large ones (0.13 s of 0.3 megapixels against 0.04 s). */
const FORMATS = {
  thumb: { ending: "avif", save: (image: Sharp) => image.avif({ quality: 50, effort: 2 }) },
  large: { ending: "webp", save: (image: Sharp) => image.webp({ quality: 80, effort: 4 }) },
};

/**
 * Encodes photos one by one: bytes -> pixels -> vector and regions, two pictures -> a record, written last.
 * @throws DotlightError "encoder" when the encoder cannot run
 */
export async function openEncoder({ pack: named, gallery, records: kept, sides }: Setting): Promise<(path: string) => Promise<Outcome>> {
  // One process a core: more threads in each would only wait for one another.
  sharp.concurrency(1);
  sharp.cache(false);
  const encoder = await ImageEncoder.load(await openPack(named), nodeRuntime(1));
  const sink = directorySink(gallery);
  const records = new Records(kept.folder, kept.made);

  const make = async (path: string, bytes: Uint8Array<ArrayBuffer>, digest: string) => {
    const [pixels, { format }, texts, { taken, camera }] = await Promise.all([
      decode(bytes),
      sharp(bytes).metadata(),
      embeddedTexts(bytes),
      exifOf(bytes),
    ]);
    const { width, height } = pixels;
    const [{ thumb, large, color }, { vectors: vector, regions = new Float32Array() }] = await Promise.all([
      picturesOf(pixels, sides, digest),
      encoder.encodeWithRegions([pixels]),
    ]);
    // Where it was taken is left out: who publishes a photo does not mean to publish that.
    const details = {
      width,
      height,
      type: format ?? path.slice(path.lastIndexOf(".") + 1),
      ...(taken ? { taken } : {}),
      ...(camera ? { camera } : {}),
    };
    const record: PhotoRecord = { shown: { thumb: thumb.entry, large: large.entry, color, details }, texts, vector, regions };
    return { record, pictures: [thumb, large] };
  };

  return async (path) => {
    let digest: string;
    let made: Awaited<ReturnType<typeof make>>;
    try {
      const bytes = new Uint8Array(await readFile(path));
      digest = await sha256(bytes);
      const known = await records.get(digest);
      if (known && (await pictured(gallery, known))) return { digest, encoded: false };
      made = await make(path, bytes, digest);
    } catch (error) {
      // Without an encoder no other photo can be encoded either.
      if (error instanceof DotlightError && error.code === "encoder") throw error;
      return { unreadable: why(error) };
    }
    try {
      for (const { entry, bytes } of made.pictures) await sink.write(entry.file, bytes);
      await records.put(digest, made.record);
    } catch (error) {
      return { unwritable: (error as NodeJS.ErrnoException).code ?? String(error) };
    }
    return { digest, encoded: true };
  };
}

/** Both pictures of a record are there, whole. */
export async function pictured(gallery: string, { shown }: PhotoRecord): Promise<boolean> {
  const sizes = await Promise.all([shown.thumb, shown.large].map(({ file }) => stat(join(gallery, file)).catch(() => undefined)));
  return sizes[0]?.size === shown.thumb.bytes && sizes[1]?.size === shown.large.bytes;
}

/** A photo's two pictures, each an image file with its entry, and its mean colour. */
export async function picturesOf({ width, height, data }: Rgba, sides: Setting["sides"], digest: string) {
  const upright = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: "#ffffff" });
  const large = await resized(upright, sides.large);
  const small = await resized(large.image(), sides.thumb);
  const mean = await small.image().resize(1, 1).raw().toBuffer();
  return {
    thumb: await picture("thumb", small, digest),
    large: await picture("large", large, digest),
    color: `#${mean.toString("hex")}`,
  };
}

/** An RGB picture in memory, `side` pixels at most on its longer side. */
async function resized(image: Sharp, side: number) {
  const { data, info } = await image
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, image: () => sharp(data, { raw: { width, height, channels: 3 } }) };
}

async function picture(size: keyof typeof FORMATS, { width, height, image }: Awaited<ReturnType<typeof resized>>, digest: string) {
  const { ending, save } = FORMATS[size];
  const bytes = new Uint8Array(await save(image()).toBuffer());
  // Named by the photo's content: a name from outside never becomes a path.
  const file = `${size === "thumb" ? "thumbs" : "large"}/${digest.slice(0, 2)}/${digest.slice(2, 22)}.${ending}`;
  return { bytes, entry: { file, ...(await recordOf(bytes)), width, height } satisfies Thumbnail };
}
