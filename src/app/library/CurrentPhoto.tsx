import { useEffect, useRef } from "react";

/** Pixels of its side, as many as a screen with two a CSS pixel shows. */
const SIDE = 88;

/**
 * A photo that is shown for a moment, the middle of it. Drawn, since an image element would leave its decoded pixels behind in the browser's cache of
 * images: with thousands of photos, a hundred megabytes.
 */
export function CurrentPhoto({ photo }: { photo: Blob }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let over = false;
    createImageBitmap(photo).then(
      (picture) => {
        const { width, height } = picture;
        const side = Math.min(width, height);
        if (!over)
          canvas.current!.getContext("2d")!.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
        picture.close();
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [photo]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} />;
}
