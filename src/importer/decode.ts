import type { HeifDecoder } from "../encoders/heif";
import type { Rgba } from "../encoders/image";
import { recordOf } from "../files/digest";
import type { Thumbnail } from "../gallery/manifest";
import { type Format, recognise, unfit } from "./formats";

/** A photo, decoded upright. */
export interface Decoded {
  pixels: Rgba;
  type: Format["type"];
  /** Of the photo itself: `pixels` may be smaller. */
  width: number;
  height: number;
  thumbnail: { bytes: Uint8Array<ArrayBuffer>; record: Omit<Thumbnail, "file"> };
  /** The mean colour, "#rrggbb". */
  color: string;
}

/** Larger photos are decoded to about so many pixels: a decoder's copy, ours and the canvas's take 4 bytes a pixel each. */
const MOST_PIXELS = 40e6;
/** Beyond, a decoder would take more than a gigabyte: the tab would die. */
const REFUSED_PIXELS = 300e6;
const THUMBNAIL_SIDE = 256;

const MEDIA: Record<Format["type"], string> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
  bmp: "image/bmp",
  heic: "image/heic",
  tiff: "image/tiff",
  svg: "image/svg+xml",
};

/** Decodes a picture, upright, with its thumbnail. @throws DotlightError "bad-image", with what is wrong with it; "no-decoder" */
export async function decode(bytes: Uint8Array<ArrayBuffer>, heif: HeifDecoder): Promise<Decoded> {
  const known = recognise(bytes);
  if (known.type === "svg") {
    throw unfit("SVG files are drawings, which can also hold programs: they are not opened.", "Export the drawing as a PNG.");
  }
  const { bitmap, format } = await (known.type === "heic" ? heic(bytes, heif) : ordinary(bytes, known));
  try {
    const { width, height } = bitmap;
    const pixels = read(bitmap, width, height);
    const turned = format.width !== undefined && format.height !== undefined && format.width > format.height !== width > height;
    const [ownWidth, ownHeight] = turned ? [format.height, format.width] : [format.width, format.height];
    return { pixels, type: format.type, width: ownWidth ?? width, height: ownHeight ?? height, ...(await thumbnailOf(bitmap)) };
  } finally {
    bitmap.close();
  }
}

interface Opened {
  bitmap: ImageBitmap;
  format: Format;
}

/** By the browser where it can; it turns the picture itself, as libheif does. */
async function heic(bytes: Uint8Array<ArrayBuffer>, heif: HeifDecoder): Promise<Opened> {
  const native = await createImageBitmap(new Blob([bytes], { type: MEDIA.heic })).catch(() => undefined);
  if (native) return { bitmap: native, format: { type: "heic" } };
  const { width, height, data } = await heif.decode(bytes);
  const format = { type: "heic" as const, width, height };
  return { bitmap: await createImageBitmap(new ImageData(data, width, height), shrunk(format)), format };
}

async function ordinary(bytes: Uint8Array<ArrayBuffer>, format: Format): Promise<Opened> {
  const { type, width, height } = format;
  const size = width !== undefined && height !== undefined ? width * height : 0;
  if (size > REFUSED_PIXELS) {
    throw unfit(
      `The picture has ${Math.round(size / 1e6)} megapixels: to decode it would take more memory than a tab has.`,
      "Save it smaller, up to 300 megapixels.",
    );
  }
  const bitmap = await createImageBitmap(new Blob([bytes], { type: MEDIA[type] }), shrunk(format)).catch(() => {
    if (type === "tiff") throw unfit("Browsers do not read TIFF files.", "Save the picture as JPEG or PNG.");
    throw unfit(`The browser cannot read this ${type.toUpperCase()} file: it is damaged.`, "Copy it again from where it came.");
  });
  return { bitmap, format };
}

function shrunk({ width = 1, height = 1 }: Format): ImageBitmapOptions {
  const shrink = Math.sqrt(MOST_PIXELS / (width * height));
  return shrink < 1 ? { resizeWidth: Math.round(width * shrink), resizeHeight: Math.round(height * shrink), resizeQuality: "high" } : {};
}

function read(bitmap: ImageBitmap, width: number, height: number): Rgba {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function thumbnailOf(bitmap: ImageBitmap): Promise<Pick<Decoded, "thumbnail" | "color">> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const small = await createImageBitmap(bitmap, { resizeWidth: width, resizeHeight: height, resizeQuality: "high" });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.drawImage(small, 0, 0);
  small.close();
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 0.8 })).arrayBuffer());
  const sums = [0, 0, 0];
  const { data } = context.getImageData(0, 0, width, height);
  for (let at = 0; at < data.length; at += 4) for (let c = 0; c < 3; c++) sums[c] = sums[c]! + data[at + c]!;
  const mean = sums.map((sum) =>
    Math.round(sum / (width * height))
      .toString(16)
      .padStart(2, "0"),
  );
  return { thumbnail: { bytes, record: { ...(await recordOf(bytes)), width, height } }, color: `#${mean.join("")}` };
}
