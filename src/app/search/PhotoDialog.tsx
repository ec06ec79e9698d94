import { type ReactNode, useEffect, useRef, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { CaptionHit, Engine, QueryPart } from "../engine";
import { CloseIcon, NextIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import { CaptionList } from "./CaptionList";
import { LargePicture } from "./LargePicture";
import { PublishedPhoto } from "./PublishedPhoto";
import { listed, type Photos } from "./photos";
import { Similar } from "./Similar";
import { Steer } from "./Steer";
import type { Steering } from "./use-query";
import type { Shown } from "./use-search";
import { HeatMap } from "./why/HeatMap";
import { useWhy } from "./why/use-why";
import { lookShown, type Pointed, WhyPhoto } from "./why/WhyPhoto";
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
  /** Of the query. */
  parts: QueryPart[];
  /** Searches with a photo; undefined before the encoders are there. */
  onSteer: ((id: string, how: Steering) => void) | undefined;
  /** More of the photo, where it is the visitor's own. */
  own?: (photo: Shown) => ReactNode;
  onClose: () => void;
}

const CAPTIONS = 10;

/**
 * One photo, large, with its captions, rank and score, why it was found, its like, and on demand the captions of the whole gallery that match it best.
 * Its like are shown from there in their own order, until one goes back.
 */
export function PhotoDialog(props: Props) {
  const [aside, setAside] = useState<{ photos: Photos; place: number }>();
  const { photos, place } = aside ?? props;
  const last = useRef<Shown>(undefined);
  last.current = photos.at(place) ?? last.current;
  useEffect(() => photos.want(Math.max(0, place - 1), Math.min(place + 2, photos.count)), [photos, place]);
  const shown = { ...props, photos, place };
  if (aside) shown.onPlace = (next) => setAside({ photos, place: next });
  // The one before stays until the next has been read.
  return (
    last.current && (
      <LargePhoto
        {...shown}
        photo={last.current}
        onAside={(similar, from) => setAside({ photos: listed(similar), place: from })}
        onBack={aside && (() => setAside(undefined))}
      />
    )
  );
}

interface LargeProps extends Props {
  photo: Shown;
  onAside: (similar: Shown[], place: number) => void;
  /** Back to the photos that the dialog was opened over. */
  onBack: (() => void) | undefined;
}

function LargePhoto({ photo, engine, count, gallery, language, photos, place, onPlace, ...more }: LargeProps) {
  const { photo: texts, shell, fixed } = useTexts();
  const { onChoose, parts, onSteer, own, onAside, onBack, onClose } = more;
  const dialog = useRef<HTMLDialogElement>(null);
  const zoom = useRef<ZoomKeys>(null);
  const { row, item, score } = photo;
  const [matching, setMatching] = useState<{ row: number; hits?: CaptionHit[]; problem?: PlainError }>();

  const [whyShown, setWhyShown] = useState(false);
  const [pointed, setPointed] = useState<Pointed>();
  const why = useWhy(engine, parts, row, whyShown && score !== undefined);
  const look = lookShown(why.reasons, pointed);

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
  // What was pressed may go with the photo: the keys still mean the dialog.
  const aside = (similar: Shown[], from: number) => {
    dialog.current!.focus();
    onAside(similar, from);
  };
  const back = () => {
    dialog.current!.focus();
    onBack?.();
  };
  const step = (by: number) => {
    const next = place + by;
    if (next >= 0 && next < photos.count) onPlace(next);
  };
  const here = matching?.row === row ? matching : undefined;

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className="photo"
      aria-label={texts.dialog}
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
            <div className="with-heat">
              <LargePicture engine={engine} row={row} item={item} />
              {look && <HeatMap item={item} {...look} />}
            </div>
          </Zoomable>
          <button
            type="button"
            className="icon-button previous"
            aria-label={texts.previous}
            disabled={place === 0}
            onClick={() => step(-1)}
          >
            <NextIcon />
          </button>
          <button
            type="button"
            className="icon-button next"
            aria-label={texts.next}
            disabled={place === photos.count - 1}
            onClick={() => step(1)}
          >
            <NextIcon />
          </button>
        </div>
        <div className="photo-text">
          <header>
            {onBack && (
              <button type="button" className="button back" onClick={back}>
                {texts.back}
              </button>
            )}
            {score === undefined ? (
              <p className="rank">{item.title ?? item.id}</p>
            ) : (
              <p className="rank">
                {texts.rank(<b key="place">{place + 1}</b>, count)} <span className="muted">{texts.dotScore}</span> {fixed(score, 3)}
              </p>
            )}
            <button type="button" className="icon-button" aria-label={shell.close} onClick={onClose}>
              <CloseIcon />
            </button>
          </header>
          {score !== undefined && onSteer && !whyShown && (
            <button type="button" className="button" onClick={() => setWhyShown(true)}>
              {texts.whyAsk}
            </button>
          )}
          {whyShown && score !== undefined && <WhyPhoto photo={photo} place={place} {...why} pointed={pointed} onPoint={setPointed} />}
          {item.captions && (
            <section aria-label={texts.captions}>
              <h2>{texts.itsCaptions}</h2>
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
          {onSteer && <Steer asked={parts.length > 0} onSteer={(how) => onSteer(item.id, how)} />}
          {onSteer && <Similar engine={engine} photo={photo} onOpen={aside} />}
          {language && !here && (
            <button type="button" className="button" onClick={find}>
              {texts.find}
            </button>
          )}
          {here && (
            <section aria-live="polite">
              <h2>{texts.best}</h2>
              {here.problem && <Problem problem={here.problem} onRetry={find} />}
              {here.hits && <CaptionList hits={here.hits} own={row} onChoose={onChoose} />}
            </section>
          )}
        </div>
      </div>
    </dialog>
  );
}
