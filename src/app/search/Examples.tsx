import { useRef } from "react";
import type { Photos } from "./photos";

interface Props {
  photos: Photos;
  hidden: boolean;
  onChoose: (words: string) => void;
}

const HOW_MANY = 4;
/** Photos from the first on that they are taken from. */
const AMONG = 48;
const LONGEST = 52;

/** Queries to begin with: short captions of the gallery's own, one each of photos apart from one another. */
export function Examples({ photos, hidden, onChoose }: Props) {
  const examples = useRef<string[]>([]);
  if (examples.current.length === 0) examples.current = choose(photos);
  if (hidden || examples.current.length === 0) return null;
  return (
    <ul className="examples" aria-label="Examples">
      {examples.current.map((words) => (
        <li key={words}>
          <button type="button" className="chip" onClick={() => onChoose(words)}>
            {words}
          </button>
        </li>
      ))}
    </ul>
  );
}

function choose(photos: Photos): string[] {
  const short = Array.from({ length: AMONG }, (_, place) => photos.at(place)?.item).flatMap((item) => {
    const captions = (item?.captions ?? []).map((caption) => caption.replace(/\.$/, "")).filter((c) => c.length <= LONGEST);
    // The longest of the short ones says the most.
    return captions.sort((a, b) => b.length - a.length).slice(0, 1);
  });
  const step = Math.max(1, Math.floor(short.length / HOW_MANY));
  return [...new Set(short.filter((_, i) => i % step === 0))].slice(0, HOW_MANY);
}
