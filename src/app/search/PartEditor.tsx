import { useEffect, useRef, useState } from "react";
import type { QueryPart } from "../engine";
import { useTexts } from "../texts/texts";

interface Props {
  part: QueryPart;
  onChange: (part: QueryPart) => void;
  onRemove: () => void;
  onClose: () => void;
}

/** Weights to choose from; any other can be typed. */
export const WEIGHTS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5];
export const USUAL = WEIGHTS.indexOf(1);

/** The place in WEIGHTS of the nearest to a weight. */
export function stepOf(weight: number): number {
  const size = Math.abs(weight);
  return WEIGHTS.reduce((best, each, i) => (Math.abs(each - size) < Math.abs(WEIGHTS[best]! - size) ? i : best), 0);
}

/** A part of the query in detail: its words, whether it is looked for or left out, how much it weighs. Every change is asked at once. */
export function PartEditor({ part, onChange, onRemove, onClose }: Props) {
  const { parts: texts, times } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  // As it is typed, white space at its end included, which no query has.
  const [words, setWords] = useState("words" in part ? part.words : "");
  const out = part.weight < 0;
  const size = Math.abs(part.weight);
  const weigh = (weight: number, without = out) => onChange({ ...part, weight: without ? -weight : weight });

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input")?.focus();
    const outside = (event: PointerEvent) => {
      if (!form.current?.contains(event.target as Node)) onClose();
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [onClose]);

  return (
    <form
      ref={form}
      className="part-editor"
      aria-label={texts.editor}
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {"words" in part && (
        <label className="part-words">
          <span>{texts.words}</span>
          <input
            type="text"
            value={words}
            placeholder={out ? texts.placeholderOut : texts.placeholder}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => {
              setWords(target.value);
              if (target.value.trim() !== part.words) onChange({ ...part, words: target.value.trim() });
            }}
          />
        </label>
      )}
      <fieldset className="part-sides">
        <legend>{texts.side}</legend>
        {[false, true].map((without) => (
          <label key={String(without)} className={without ? "out" : undefined}>
            <input type="radio" name="side" checked={out === without} onChange={() => weigh(size, without)} />
            <span>{without ? texts.leaveOut : texts.lookFor}</span>
          </label>
        ))}
      </fieldset>
      <label className="part-weight">
        <span>
          {texts.weight} <output>{times(size)}</output>
        </span>
        <input
          type="range"
          min={0}
          max={WEIGHTS.length - 1}
          step={1}
          value={stepOf(size)}
          aria-valuetext={texts.weightText(size)}
          onChange={(event) => weigh(WEIGHTS[Number(event.target.value)]!)}
        />
      </label>
      <div className="part-actions">
        <button type="button" className="button" onClick={onRemove}>
          {texts.take}
        </button>
        <button type="submit" className="button primary">
          {texts.done}
        </button>
      </div>
    </form>
  );
}
