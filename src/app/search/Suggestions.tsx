import { useEffect, useMemo, useState } from "react";
import { completions } from "../../retrieval/phrases";
import type { Engine, GalleryInfo } from "../engine";
import { StarIcon } from "../shell/icons";
import { useTexts } from "../texts/texts";
import { examplesOf } from "./examples";
import type { Photos } from "./photos";
import type { Searches } from "./searches/use-searches";

interface Props {
  engine: Engine;
  gallery: GalleryInfo | undefined;
  photos: Photos;
  /** What stands in the search field. */
  text: string;
  /** The query has parts that do not stand there, or another picture is looked at. */
  more: boolean;
  searches: Searches;
  /** Another query altogether. */
  onChoose: (query: string) => void;
  /** Goes on from what is typed. */
  onComplete: (text: string) => void;
}

const [COMPLETIONS, SAVED, RECENT, EXAMPLES] = [5, 3, 2, 4];
const NONE: string[] = [];

/**
 * One line below the field: before anything is typed what can be asked (searches that are saved, the last ones, captions of the gallery); then what the
 * typed words may become, by the gallery's captions.
 */
export function Suggestions({ engine, gallery, photos, text, more, searches, onChoose, onComplete }: Props) {
  const { field: texts } = useTexts();
  const phrases = usePhrases(engine, gallery);
  const completed = useMemo(() => completions(text, phrases, COMPLETIONS), [text, phrases]);
  const examples = useExamples(gallery, photos);
  if (more) return null;
  if (text !== "") {
    if (phrases.length === 0) return null;
    return (
      // Its line stays where nothing fits: the pictures would jump at each key.
      <ul className="suggestions" aria-label={texts.suggestions}>
        {completed.map((words) => (
          <li key={words}>
            <button type="button" className="chip" onClick={() => onComplete(words)}>
              <b>{text.trimStart()}</b>
              {words.slice(text.trimStart().replace(/\s+/gu, " ").length)}
            </button>
          </li>
        ))}
      </ul>
    );
  }
  const [saved, recent] = [searches.saved.slice(0, SAVED), searches.recent.slice(0, RECENT)];
  const own = [...saved, ...recent];
  const others = examples.filter((words) => !own.includes(words)).slice(0, Math.max(0, COMPLETIONS - own.length));
  if (own.length + others.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={own.length > 0 ? texts.earlier : texts.examples}>
      {[...own, ...others].map((query, i) => (
        <li key={query}>
          <button type="button" className="chip" onClick={() => onChoose(query)}>
            {i < saved.length && <StarIcon filled />}
            <bdi>{query}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Taken once of a gallery, from the photos that it begins with. */
function useExamples(gallery: GalleryInfo | undefined, photos: Photos): string[] {
  const [{ of, list }, set] = useState({ of: "", list: NONE });
  const name = gallery?.own?.id ?? gallery?.name ?? "";
  useEffect(() => {
    set((before) => (before.of === name && before.list.length > 0 ? before : { of: name, list: examplesOf(photos, EXAMPLES) }));
  }, [name, photos]);
  return of === name ? list : NONE;
}

function usePhrases(engine: Engine, gallery: GalleryInfo | undefined): string[] {
  const [phrases, setPhrases] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another gallery has other captions.
  useEffect(() => {
    let over = false;
    setPhrases(NONE);
    if (gallery) {
      engine.phrases().then(
        (found) => !over && setPhrases(found),
        // Nobody has asked for them, so nobody misses them.
        () => undefined,
      );
    }
    return () => {
      over = true;
    };
  }, [engine, gallery?.name, gallery?.own?.id]);
  return phrases;
}
