import type { PlainError } from "../../files/errors";
import { Problem } from "../shell/Problem";
import { AddPhotos } from "./AddPhotos";
import { ImportPanel } from "./ImportPanel";
import type { OwnPhotos } from "./use-own-photos";

interface Props {
  own: OwnPhotos;
  /** Photos that can be searched. */
  count: number;
  /** Why the gallery cannot be searched: for one that another pack has encoded there is a way out. */
  problem: PlainError | undefined;
}

const OTHER_PACK = "The model has changed since these photos were read: they must be read again.";

/** What concerns the visitor's own photos: the import that runs, the folder to be looked at again, a gallery that is still empty. */
export function OwnGallery({ own, count, problem }: Props) {
  const { importing, open, unscanned } = own;
  const { now } = importing;
  const running = now?.running ?? false;
  const again = (forget: boolean) => {
    if (now && now.gallery.id !== open?.id) importing.start(now.gallery, now.origin, forget);
    else own.scan(forget);
  };
  const otherPack = problem?.code === "wrong-pack" && open !== undefined;
  return (
    <>
      <ImportPanel importing={importing} onAgain={again} />
      {own.problem && <Problem problem={own.problem} />}
      {open && !running && (open.folder || otherPack) && (
        <div className="own-bar">
          <p className="muted">{otherPack ? OTHER_PACK : unscanned ? `“${open.folder?.name}” as it was when it was read last` : ""}</p>
          <button type="button" className="button" onClick={() => own.scan()}>
            {otherPack ? "Read them again" : "Look for changes"}
          </button>
        </div>
      )}
      {open && !running && !open.folder && (
        <details className="own-more" open={count === 0}>
          <summary>{count > 0 ? "Add photos, or choose the folder again as it is now" : "Choose photos"}</summary>
          <AddPhotos onChoose={(choice) => own.add(choice, open)} />
        </details>
      )}
      {open && count === 0 && (
        <div className="teach">
          <p className="what">{running ? "The first photos can be searched in a moment." : "There are no photos in this gallery yet."}</p>
          <p className="muted">
            {running
              ? "You can search while the rest is read. Closing the tab loses nothing but the last few photos."
              : "JPEG, HEIC, PNG, WebP, AVIF, GIF and BMP can be read."}
          </p>
        </div>
      )}
    </>
  );
}
