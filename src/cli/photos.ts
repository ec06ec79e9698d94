import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join, relative, sep } from "node:path";
import sharp from "sharp";
import { isHeif } from "../encoders/heif";
import { nodeHeif } from "../encoders/heif.node";
import type { Rgba } from "../encoders/image";
import { recordOf } from "../files/digest";
import { DotlightError } from "../files/errors";
import type { Sink } from "../files/source";
import type { Item } from "../gallery/manifest";
import type { Photo, PhotoCaption } from "../indexer";
import { captionsOf, pathOf, readKarpathy } from "../karpathy";

/** What is known of a photo before it is opened. */
export interface PhotoFile {
  path: string;
  /** Its name in the gallery: the path below the folder, '/'-separated. */
  id: string;
  captions?: string[];
  attribution?: string;
}

/** Photos and, from a data set, their captions. */
export interface Folder {
  photos: PhotoFile[];
  captions: PhotoCaption[];
  /** The data set's name and split; undefined for a plain folder. */
  dataset?: { name: string; split: string };
}

/** Endings of the files that are taken for photos. */
export const PHOTO = new Set([".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".heic", ".heif"]);

/** A plain folder, with the photos of all folders below; or a data set in the Karpathy form (dataset.json), its `raw` captions in `language`. */
export async function openFolder(folder: string, split: string, language: string): Promise<Folder> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new DotlightError("usage", `"${folder}" is not a folder.`, "Name a folder that holds photos.");
  }
  if (existsSync(join(folder, "dataset.json"))) return openDataset(folder, split, language);
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && PHOTO.has(extname(entry.name).toLowerCase()))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  if (names.length === 0) {
    throw new DotlightError(
      "empty-gallery",
      `"${folder}" holds no photos (${[...PHOTO].join(", ")}).`,
      "Name a folder that holds photos; folders below it are searched too.",
    );
  }
  return { photos: names.map((name) => ({ path: join(folder, name), id: name.split(sep).join("/") })), captions: [] };
}

async function openDataset(folder: string, split: string, language: string): Promise<Folder> {
  const path = join(folder, "dataset.json");
  const { name, images } = readKarpathy(await readFile(path, "utf8"), path, split);
  return {
    dataset: { name: name ?? basename(folder), split },
    photos: images.map((image) => ({
      path: join(folder, pathOf(image)),
      id: image.filename,
      captions: image.sentences.map(({ raw }) => raw),
    })),
    captions: captionsOf(images, language),
  };
}

/** Decodes a photo, a file's path or content, upright (EXIF orientation; that of HEIC is in the file's structure). */
export async function decode(photo: string | Uint8Array): Promise<Rgba> {
  const bytes = typeof photo === "string" ? await readFile(photo) : photo;
  if (isHeif(bytes)) return nodeHeif.decode(bytes);
  const image = sharp(bytes, { failOn: "error", limitInputPixels: 300_000_000 }).rotate();
  const { data, info } = await image.toColourspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** A photo for the indexer; its thumbnail is written as WebP, `side` pixels on the longer side. */
export function photoOf(photo: PhotoFile, number: number, sink: Sink, side: number): Photo {
  return {
    name: photo.path,
    async open() {
      const pixels = await decode(photo.path);
      const file = `thumbs/${String(number).padStart(6, "0")}.webp`;
      const small = await sharp(Buffer.from(pixels.data), { raw: { width: pixels.width, height: pixels.height, channels: 4 } })
        .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
        .flatten({ background: "#ffffff" })
        .webp({ quality: 80, effort: 5, smartSubsample: true })
        .toBuffer({ resolveWithObject: true });
      await sink.write(file, small.data);
      const [red, green, blue] = await sharp(small.data).resize(1, 1).removeAlpha().raw().toBuffer();
      const item: Item = {
        id: photo.id,
        thumb: { file, ...(await recordOf(new Uint8Array(small.data))), width: small.info.width, height: small.info.height },
        color: `#${[red!, green!, blue!].map((channel) => channel.toString(16).padStart(2, "0")).join("")}`,
        ...(photo.captions ? { captions: photo.captions } : { title: basename(photo.id, extname(photo.id)) }),
        ...(photo.attribution ? { attribution: photo.attribution } : {}),
      };
      return { pixels, item };
    },
  };
}
