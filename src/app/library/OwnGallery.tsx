import type { PlainError } from "../../files/errors";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
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

/** What concerns the visitor's own photos: the import that runs, the folder to be looked at again, a gallery that is still empty. */
export function OwnGallery({ own, count, problem }: Props) {
  const { library: texts, add } = useTexts();
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
          <p className="muted">{otherPack ? texts.otherPack : unscanned ? texts.unscanned(open.folder?.name ?? "") : ""}</p>
          <button type="button" className="button" onClick={() => own.scan()}>
            {otherPack ? texts.readAgain : texts.changes}
          </button>
        </div>
      )}
      {open && !running && !open.folder && (
        <details className="own-more" open={count === 0}>
          <summary>{count > 0 ? texts.addMore : add.photos}</summary>
          <AddPhotos onChoose={(choice) => own.add(choice, open)} />
        </details>
      )}
      {open && count === 0 && (
        <div className="teach">
          <p className="what">{running ? texts.firstSoon : texts.empty}</p>
          <p className="muted">{running ? texts.meanwhile : texts.formats}</p>
        </div>
      )}
    </>
  );
}
