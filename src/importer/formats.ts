import { isHeif } from "../encoders/heif";
import { DotlightError } from "../files/errors";

/** What the first bytes and the structure of a file say. */
export interface Format {
  type: "jpeg" | "png" | "webp" | "avif" | "gif" | "bmp" | "heic" | "tiff" | "svg";
  /** Where the header says: pixels as stored, not turned. */
  width?: number;
  height?: number;
}

const ascii = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));

/**
 * Recognises a picture by its content, whatever its name.
 * @throws DotlightError "bad-image" for what is empty, cut short, or no picture
 */
export function recognise(bytes: Uint8Array<ArrayBuffer>): Format {
  if (bytes.length === 0) throw unfit("The file is empty.", "Copy it again from where it came.");
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes);
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return png(bytes);
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") {
    const announced = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8;
    if (bytes.length < announced) throw cut("WebP");
    return { type: "webp" };
  }
  if (ascii(bytes, 0, 3) === "GIF") return { type: "gif" };
  if (ascii(bytes, 0, 2) === "BM") return { type: "bmp" };
  if (isHeif(bytes)) return boxes(bytes, "heic");
  if (ascii(bytes, 4, 4) === "ftyp" && /avi[fs]/.test(ascii(bytes, 8, 48))) return boxes(bytes, "avif");
  if (["II*\0", "MM\0*"].includes(ascii(bytes, 0, 4))) return { type: "tiff" };
  const text = new TextDecoder().decode(bytes.subarray(0, 1000));
  if (/<svg[\s>]/i.test(text)) return { type: "svg" };
  throw unfit("The file is no picture, whatever its name says.", "Leave it out, or give it its right name.");
}

/** Walks a JPEG's segments and its entropy-coded data to its end. */
function jpeg(bytes: Uint8Array<ArrayBuffer>): Format {
  const format: Format = { type: "jpeg" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; ; ) {
    at = bytes.indexOf(0xff, at);
    while (at >= 0 && bytes[at + 1] === 0xff) at++;
    const marker = at < 0 ? undefined : bytes[at + 1];
    if (marker === undefined) throw cut("JPEG");
    if (marker === 0xd9) {
      if (format.width === undefined) throw cut("JPEG");
      return format;
    }
    // A stuffed byte or a restart: the data of a scan goes on.
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    if (at + 9 > bytes.length) throw cut("JPEG");
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) {
      format.height = view.getUint16(at + 5);
      format.width = view.getUint16(at + 7);
    }
    at += 2 + view.getUint16(at + 2);
  }
}

function png(bytes: Uint8Array<ArrayBuffer>): Format {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 33) throw cut("PNG");
  const format: Format = { type: "png", width: view.getUint32(16), height: view.getUint32(20) };
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (ascii(bytes, at + 4, 4) === "IEND") return format;
  }
  throw cut("PNG");
}

/** Walks the boxes of an ISO base media file. What a telephone has put behind them is no box, and no reason to refuse it. */
function boxes(bytes: Uint8Array<ArrayBuffer>, type: "heic" | "avif"): Format {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 16 <= bytes.length; ) {
    const short = view.getUint32(at);
    // 1: its size follows in 64 bits; 0: it goes to the end.
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < 8 || !["ftyp", "meta", "mdat", "moov", "free", "skip"].includes(ascii(bytes, at + 4, 4))) break;
    if (at + size > bytes.length) throw cut(type.toUpperCase());
    at += size;
  }
  return { type };
}

const cut = (what: string) =>
  unfit(`The file is cut short: its ${what} data end before the picture does.`, "Copy it again from where it came.");

export const unfit = (message: string, advice: string) => new DotlightError("bad-image", message, advice);
