import type { heif_image_handle, MainModule } from "libheif-js/libheif-wasm/libheif.js";
import { DotlightError } from "../files/errors";
import type { Rgba } from "./image";

/** Whether a file is HEIC or HEIF by the brands that it begins with; AVIF, which shares the container, is not. */
export function isHeif(bytes: Uint8Array): boolean {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const brands = ascii(8, 56);
  return ascii(4, 8) === "ftyp" && !/avi[fs]/.test(brands) && /hei[cxms]|hev[cx]|mif1|msf1/.test(brands);
}

/** libheif takes some twelve bytes a pixel, of the two gigabytes that it can have. */
const MOST_PIXELS = 120e6;

/** HEIC and HEIF photos, for where neither the browser nor sharp reads them: libheif, loaded when the first one is met. */
export class HeifDecoder {
  #library: Promise<MainModule> | undefined;

  constructor(readonly load: () => Promise<MainModule>) {}

  /**
   * The primary picture, upright: libheif itself turns and mirrors it as the file says (irot, imir), and the EXIF orientation beside that is
   * not to be followed once more (ISO/IEC 23008-12). Its colours are as the file has them, without its colour profile.
   * @throws DotlightError "bad-image", and "no-decoder" when libheif cannot be loaded
   */
  async decode(bytes: Uint8Array): Promise<Rgba & { data: Uint8ClampedArray<ArrayBuffer> }> {
    this.#library ??= this.load();
    const library = await this.#library.catch((error: unknown) => {
      this.#library = undefined;
      throw new DotlightError(
        "no-decoder",
        `The decoder for HEIC photos could not be loaded (${error instanceof Error ? error.message : error}).`,
        "It is fetched once, when the first HEIC photo is met: connect to the network and try again.",
      );
    });
    try {
      return decodePrimary(library, bytes);
    } catch (error) {
      if (error instanceof DotlightError) throw error;
      // It has crashed or is out of memory: the next photo gets a new one.
      this.#library = undefined;
      throw unreadable(error instanceof Error ? error.message : String(error));
    }
  }
}

/** What libheif's functions give instead of what they were asked for. */
interface Failure {
  code: unknown;
  message: string;
}

function decodePrimary(library: MainModule, bytes: Uint8Array): Rgba & { data: Uint8ClampedArray<ArrayBuffer> } {
  const context = library.heif_context_alloc();
  try {
    const read = library.heif_context_read_from_memory(context, bytes);
    if (read.code !== library.heif_error_code.heif_error_Ok) throw unreadable(String(read.message));
    const handle = got(library.heif_js_context_get_primary_image_handle(context));
    try {
      const megapixels = (library.heif_image_handle_get_width(handle) * library.heif_image_handle_get_height(handle)) / 1e6;
      if (megapixels * 1e6 > MOST_PIXELS) {
        throw new DotlightError(
          "bad-image",
          `The HEIC picture has ${Math.round(megapixels)} megapixels: to decode it would take more memory than the decoder has.`,
          "Save it smaller, up to 120 megapixels, or as a JPEG.",
        );
      }
      return pixelsOf(library, handle);
    } finally {
      library.heif_image_handle_release(handle);
    }
  } finally {
    library.heif_context_free(context);
  }
}

function pixelsOf(library: MainModule, handle: heif_image_handle): Rgba & { data: Uint8ClampedArray<ArrayBuffer> } {
  const { heif_colorspace_RGB: rgb } = library.heif_colorspace;
  const { heif_chroma_interleaved_RGBA: rgba } = library.heif_chroma;
  const { image, channels } = got(library.heif_js_decode_image2(handle, rgb, rgba));
  try {
    // A view into libheif's own memory, its rows padded.
    const { data: view, width, height, stride } = channels[0] as { data: Uint8Array; width: number; height: number; stride: number };
    const data = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y++) data.set(view.subarray(y * stride, y * stride + width * 4), y * width * 4);
    return { width, height, data };
  } finally {
    library.heif_image_release(image);
  }
}

function got<T>(result: (T & { code?: undefined }) | Failure): T {
  if (!result || (result as Failure).code) throw unreadable((result as Failure)?.message ?? "no picture in it");
  return result as T;
}

const unreadable = (why: string) =>
  new DotlightError(
    "bad-image",
    `The HEIC picture cannot be decoded (${why.trim()}): the file is damaged, or of a kind that is not known yet.`,
    "Copy it again from where it came, or save it as a JPEG.",
  );
