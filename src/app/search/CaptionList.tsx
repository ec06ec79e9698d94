import type { CaptionHit } from "../engine";

interface Props {
  hits: CaptionHit[];
  /** The photo whose own captions are marked. */
  own?: number;
  onChoose: (words: string) => void;
}

/** Captions by their dot score, best first; choosing one searches for it. */
export function CaptionList({ hits, own, onChoose }: Props) {
  return (
    <ol className="caption-hits" aria-label="Matching captions">
      {hits.map(({ text, image, score }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal captions of two photos are two hits, and the list changes as a whole.
        <li key={i}>
          <button type="button" title="Search for this caption" onClick={() => onChoose(text)}>
            <span className="text">{text}</span>
            {image === own && <span className="badge">its own</span>}
            <span className="muted">{score.toFixed(2)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
