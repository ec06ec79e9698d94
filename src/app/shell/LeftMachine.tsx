import type { GalleryInfo } from "../engine";
import { useTexts } from "../texts/texts";

/** What left this machine, where that can be said: of the visitor's own photos nothing, of queries that an engine answers their vectors. */
export function LeftMachine({ gallery }: { gallery: GalleryInfo | undefined }) {
  const { left, leftEngine } = useTexts().shell;
  if (!gallery?.own && !gallery?.engine) return null;
  return (
    <footer className="left-machine">
      {gallery.engine ? (
        <>
          {leftEngine[0]}
          <b>{leftEngine[1]}</b>
          {leftEngine[2]}
          <b>{gallery.engine}</b>
          {leftEngine[3]}
        </>
      ) : (
        <>
          {left[0]}
          <b>{left[1]}</b>
          {left[2]}
        </>
      )}
    </footer>
  );
}
