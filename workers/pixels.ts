import { isHeif } from "../src/encoders/heif";
import type { Rgba } from "../src/encoders/image";
import { DotlightError } from "../src/files/errors";
import { heif } from "./heif";

/** @throws DotlightError "bad-image" when neither the browser nor libheif can decode it, "no-decoder" */
export async function pixelsOf(file: Blob): Promise<Rgba> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isHeif(bytes)) return heif.decode(bytes);
    throw new DotlightError(
      "bad-image",
      "This file is not a picture that the browser can read.",
      "Choose a JPEG, HEIC, PNG, WebP or AVIF picture.",
    );
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
