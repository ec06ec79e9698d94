import type { Rgba } from "../src/encoders/image";
import { DotlightError } from "../src/files/errors";

/** @throws DotlightError "bad-image" when the browser cannot decode it */
export async function pixelsOf(file: Blob): Promise<Rgba> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new DotlightError(
      "bad-image",
      "This file is not a picture that the browser can read.",
      "Choose a JPEG, PNG, WebP or AVIF picture.",
    );
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
