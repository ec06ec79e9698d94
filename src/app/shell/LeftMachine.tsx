import type { GalleryInfo } from "../engine";
import { useTexts } from "../texts/texts";

/** What left this machine, where that can be said: of the visitor's own photos nothing, of queries that an engine answers their vectors. */
export function LeftMachine({ gallery }: { gallery: GalleryInfo | undefined }) {
  const { left } = useTexts().shell;
  if (!gallery?.own && !gallery?.engine) return null;
  return (
    <footer className="left-machine">
      {gallery.engine ? (
        <>
          What left this machine: of each query, as you type it, its <b>vector</b> and your filters, to <b>{gallery.engine}</b>, which finds
          the photos; and the numbers of photos whose vectors it is asked for. A vector says roughly what a query means. Your words and
          pictures stay in this browser.
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
