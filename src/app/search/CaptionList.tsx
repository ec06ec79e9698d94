import type { CaptionHit } from "../engine";
import { useTexts } from "../texts/texts";

interface Props {
  hits: CaptionHit[];
  /** The photo whose own captions are marked. */
  own?: number;
  onChoose: (words: string) => void;
}

/** Captions by their dot score, best first; choosing one searches for it. */
export function CaptionList({ hits, own, onChoose }: Props) {
  const { captions, fixed } = useTexts();
  return (
    <ol className="caption-hits" aria-label={captions.list}>
      {hits.map(({ text, image, score }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal captions of two photos are two hits, and the list changes as a whole.
        <li key={i}>
          <button type="button" title={captions.search} onClick={() => onChoose(text)}>
            <span className="text">{text}</span>
            {image === own && <span className="badge">{captions.own}</span>}
            <span className="muted">{fixed(score, 2)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
