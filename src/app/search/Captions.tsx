import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { CaptionHit, Engine } from "../engine";
import { CloseIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import { CaptionList } from "./CaptionList";

interface Props {
  engine: Engine;
  picture: Blob;
  language: string;
  /** The encoders are loaded. */
  ready: boolean;
  onChoose: (words: string) => void;
  onClose: () => void;
}

const CAPTIONS = 10;

/** A visitor's own picture and the gallery's captions that match it best. The picture stays in the tab. */
export function Captions({ engine, picture, language, ready, onChoose, onClose }: Props) {
  const { captions } = useTexts();
  const [url, setUrl] = useState<string>();
  const [hits, setHits] = useState<CaptionHit[]>();
  const [problem, setProblem] = useState<PlainError>();

  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);

  useEffect(() => {
    if (!ready) return;
    let over = false;
    setHits(undefined);
    setProblem(undefined);
    engine.captionsForPicture(picture, CAPTIONS, language).then(
      (found) => !over && setHits(found),
      (error) => !over && setProblem(toPlain(error)),
    );
    return () => {
      over = true;
    };
  }, [engine, picture, language, ready]);

  return (
    <section className="own-picture" aria-label={captions.ofYours} aria-busy={!hits && !problem}>
      <figure>
        {!problem && url && <img src={url} alt={captions.yours} onError={() => setUrl(undefined)} />}
        <figcaption className="muted">{captions.stays}</figcaption>
      </figure>
      <div>
        <header>
          <h2>{captions.best}</h2>
          <button type="button" className="icon-button" aria-label={captions.back} onClick={onClose}>
            <CloseIcon />
          </button>
        </header>
        {problem && <Problem problem={problem} />}
        {!hits && !problem && <p className="muted">{ready ? captions.looking : captions.waiting}</p>}
        {hits && <CaptionList hits={hits} onChoose={onChoose} />}
      </div>
    </section>
  );
}
