import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { MOST_PARTS } from "../../retrieval/parts";
import type { Engine, QueryPart } from "../engine";
import { CloseIcon, MinusIcon, PlusIcon } from "../shell/icons";
import { type Texts, useTexts } from "../texts/texts";
import { PartEditor, stepOf, USUAL, WEIGHTS } from "./PartEditor";
import { PartPicture } from "./PartPicture";

interface Props {
  engine: Engine;
  /** Changes when the gallery's photos do. */
  gallery: unknown;
  parts: QueryPart[];
  field: RefObject<HTMLInputElement | null>;
  onChange: (parts: QueryPart[]) => void;
}

/** What a chip says. */
function nameIn(texts: Texts["parts"], part: QueryPart): string {
  if ("words" in part) return part.words;
  if ("picture" in part) return part.weight < 0 ? texts.unlikePicture : texts.likePicture;
  return part.weight < 0 ? texts.unlikePhoto : texts.likePhoto;
}

/**
 * The parts of a query that has several, or one with more to it than words, each a chip: pressed, it is edited; Delete takes it away, + and − weigh
 * it, arrow keys lead to the next one and down from the field's end. Beside them what adds another part.
 */
export function QueryChips({ engine, gallery, parts, field, onChange }: Props) {
  const { parts: texts, times } = useTexts();
  const nameOf = (part: QueryPart) => nameIn(texts, part);
  const list = useRef<HTMLUListElement>(null);
  const [edited, setEdited] = useState<{ place: number; empty?: QueryPart }>();
  const [only] = parts;
  const plain = parts.length === 1 && "words" in only! && only.weight === 1;
  const chips = () => [...(list.current?.querySelectorAll<HTMLElement>("button.part") ?? [])];
  /** The editor's own while it has no words yet: such a part is in no query. */
  const part = edited && (edited.empty ?? parts[edited.place]);

  const put = (place: number, next: QueryPart) => {
    if ("words" in next && next.words.trim() === "") {
      if (parts[place] && !edited?.empty) onChange(parts.toSpliced(place, 1));
      setEdited({ place, empty: next });
      return;
    }
    onChange(parts.toSpliced(place, edited?.empty ? 0 : 1, next));
    setEdited((now) => now && { place: now.place });
  };
  const remove = (place: number) => {
    flushSync(() => {
      setEdited(undefined);
      if (!edited?.empty) onChange(parts.toSpliced(place, 1));
    });
    const left = chips();
    (left[Math.min(place, left.length - 1)] ?? field.current)?.focus();
  };
  const close = useCallback(() => {
    const place = edited?.place ?? 0;
    flushSync(() => setEdited(undefined));
    const all = [...(list.current?.querySelectorAll<HTMLElement>("button.part") ?? [])];
    (all[place] ?? field.current)?.focus();
  }, [edited, field]);

  const press = (event: KeyboardEvent, place: number) => {
    const { key } = event;
    const { weight } = parts[place]!;
    const by = key === "+" ? 1 : key === "-" ? -1 : 0;
    if (key === "Delete" || key === "Backspace") remove(place);
    else if (key === "ArrowLeft" || key === "ArrowRight") (chips()[place + (key === "ArrowLeft" ? -1 : 1)] ?? field.current)?.focus();
    else if (by !== 0) {
      const size = WEIGHTS[Math.min(WEIGHTS.length - 1, Math.max(0, stepOf(weight) + by))]!;
      onChange(parts.with(place, { ...parts[place]!, weight: Math.sign(weight) * size }));
    } else return;
    event.preventDefault();
  };
  const add = (sign: number) => setEdited({ place: parts.length, empty: { words: "", weight: sign * WEIGHTS[USUAL]! } });

  if (parts.length === 0 && !part) return null;
  return (
    <div className="parts">
      {!plain && (
        <ul ref={list} className="part-list" aria-label={texts.list}>
          {parts.map((each, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place alone, and two may be equal.
            <li key={place} className={each.weight < 0 ? "part-chip out" : "part-chip"} data-edited={edited?.place === place || undefined}>
              <button
                type="button"
                className="part"
                aria-label={texts.edit(nameOf(each), each.weight < 0, Math.abs(each.weight))}
                aria-expanded={edited?.place === place}
                onClick={() => setEdited({ place })}
                onKeyDown={(event) => press(event, place)}
              >
                {"words" in each ? each.weight < 0 && <MinusIcon /> : <PartPicture engine={engine} gallery={gallery} part={each} />}
                <span className="part-name">{nameOf(each)}</span>
                {Math.abs(each.weight) !== 1 && <span className="part-times">{times(Math.abs(each.weight))}</span>}
              </button>
              <button
                type="button"
                className="part-remove"
                aria-label={texts.remove(nameOf(each))}
                tabIndex={-1}
                onClick={() => remove(place)}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      {parts.length < MOST_PARTS && (
        <div className="part-adders">
          <button type="button" className="part-add" onClick={() => add(1)}>
            <PlusIcon /> {texts.and}
          </button>
          <button type="button" className="part-add" onClick={() => add(-1)}>
            <MinusIcon /> {texts.without}
          </button>
        </div>
      )}
      {edited && part && (
        <PartEditor part={part} onChange={(next) => put(edited.place, next)} onRemove={() => remove(edited.place)} onClose={close} />
      )}
      {parts.some((each) => "picture" in each) && <span className="muted">{texts.stays}</span>}
    </div>
  );
}
