import { type ReactNode, useEffect, useRef, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { CaptionHit, Engine } from "../engine";
import { CloseIcon, NextIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
import { CaptionList } from "./CaptionList";
import { LargePicture } from "./LargePicture";
import { PublishedPhoto } from "./PublishedPhoto";
import type { Photos } from "./photos";
import { Steer } from "./Steer";
import type { Steering } from "./use-query";
import type { Shown } from "./use-search";
import { Zoomable, type ZoomKeys } from "./Zoomable";

interface Props {
  engine: Engine;
  /** Photos in the gallery. */
  count: number;
  /** The gallery's address. */
  gallery: string;
  /** Of the captions to match; undefined where there are none, or no encoders yet. */
  language: string | undefined;
  photos: Photos;
  place: number;
  onPlace: (place: number) => void;
  onChoose: (words: string) => void;
  /** There is a query that a photo can steer. */
  asked: boolean;
  /** Searches with a photo; undefined before the encoders are there. */
  onSteer: ((id: string, how: Steering) => void) | undefined;
  /** More of the photo, where it is the visitor's own. */
  own?: (photo: Shown) => ReactNode;
  onClose: () => void;
}

const CAPTIONS = 10;

/** One photo, large, with its captions, its rank and score, and on demand the captions of the whole gallery that match it best. */
export function PhotoDialog(props: Props) {
  const { photos, place } = props;
  const last = useRef<Shown>(undefined);
  last.current = photos.at(place) ?? last.current;
  useEffect(() => photos.want(Math.max(0, place - 1), Math.min(place + 2, photos.count)), [photos, place]);
  // The one before stays until the next has been read.
  return last.current && <LargePhoto {...props} photo={last.current} />;
}

function LargePhoto({ photo, engine, count, gallery, language, photos, place, onPlace, ...more }: Props & { photo: Shown }) {
  const { onChoose, asked, onSteer, own, onClose } = more;
  const dialog = useRef<HTMLDialogElement>(null);
  const zoom = useRef<ZoomKeys>(null);
  const { row, item, score } = photo;
  const [matching, setMatching] = useState<{ row: number; hits?: CaptionHit[]; problem?: PlainError }>();

  useEffect(() => {
    const element = dialog.current!;
    if (!element.open) element.showModal();
    // Closing gives the focus back to the picture it came from.
    return () => element.close();
  }, []);

  const find = async () => {
    if (!language) return;
    setMatching({ row });
    const result = await engine.captionsForPhoto(row, CAPTIONS, language).then(
      (hits) => ({ row, hits }),
      (error) => ({ row, problem: toPlain(error) }),
    );
    setMatching((now) => (now?.row === row ? result : now));
  };
  // The neighbours are at hand when one steps to them.
  useEffect(() => {
    for (const next of [photos.at(place + 1), photos.at(place - 1)]) {
      if (next?.item.large) engine.largePicture(next.row).catch(() => undefined);
      else if (next) engine.pictureUrl(next.row).catch(() => undefined);
    }
  }, [engine, photos, place]);
  const step = (by: number) => {
    const next = place + by;
    if (next >= 0 && next < photos.count) onPlace(next);
  };
  const here = matching?.row === row ? matching : undefined;

  return (
    <dialog
      ref={dialog}
      className="photo"
      aria-label="Picture"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (zoom.current?.press(event.key)) {
          event.preventDefault();
          return;
        }
        if (event.key === "ArrowRight") step(1);
        if (event.key === "ArrowLeft") step(-1);
      }}
    >
      <div className="photo-body">
        <div className="photo-picture">
          <Zoomable key={row} keys={zoom}>
            <LargePicture engine={engine} row={row} item={item} />
          </Zoomable>
          <button
            type="button"
            className="icon-button previous"
            aria-label="Previous picture"
            disabled={place === 0}
            onClick={() => step(-1)}
          >
            <NextIcon />
          </button>
          <button
            type="button"
            className="icon-button next"
            aria-label="Next picture"
            disabled={place === photos.count - 1}
            onClick={() => step(1)}
          >
            <NextIcon />
          </button>
        </div>
        <div className="photo-text">
          <header>
            {score === undefined ? (
              <p className="rank">{item.title ?? item.id}</p>
            ) : (
              <p className="rank">
                <b>{place + 1}</b> of {count} <span className="muted">dot score</span> {score.toFixed(3)}
              </p>
            )}
            <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
              <CloseIcon />
            </button>
          </header>
          {item.captions && (
            <section aria-label="Captions">
              <h2>Its captions</h2>
              <ul className="own-captions">
                {item.captions.map((caption, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two captions of a photo may be equal, and their order never changes.
                  <li key={i}>{caption}</li>
                ))}
              </ul>
            </section>
          )}
          {own ? own(photo) : <PublishedPhoto item={item} gallery={gallery} named={score !== undefined} />}
          {item.attribution && <p className="muted">{item.attribution}</p>}
          {onSteer && <Steer asked={asked} onSteer={(how) => onSteer(item.id, how)} />}
          {language && !here && (
            <button type="button" className="button" onClick={find}>
              Find its captions
            </button>
          )}
          {here && (
            <section aria-live="polite">
              <h2>Best of all captions</h2>
              {here.problem && <Problem problem={here.problem} onRetry={find} />}
              {here.hits && <CaptionList hits={here.hits} own={row} onChoose={onChoose} />}
            </section>
          )}
        </div>
      </div>
    </dialog>
  );
}
