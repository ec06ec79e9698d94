import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import { collectOriginals } from "./originals";
import { save } from "./save";
import type { Selection } from "./use-selection";

interface Props {
  selection: Selection;
  /** The name of the gallery. */
  gallery: string;
  /** Photos that are shown. */
  shown: number;
  /** The file of a photo. @throws DotlightError */
  original: (path: string) => Promise<File>;
}

const MOST_NAMED = 5;

/** Begins a selection where there is no mouse to point at a photo's box. */
export function SelectPhotos({ selection: { on, begin, end } }: Pick<Props, "selection">) {
  const texts = useTexts().selection;
  return (
    <div className="select-photos">
      <button type="button" className="chip" aria-pressed={on} onClick={on ? end : begin}>
        {texts.begin}
      </button>
    </div>
  );
}

/** What can be done with the photos that are selected. */
export function SelectionBar({ selection, gallery, shown, original }: Props) {
  const { selection: texts, number } = useTexts();
  const { on, chosen, end, extend } = selection;
  const [done, setDone] = useState<string>();
  const [problem, setProblem] = useState<PlainError>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was done was done with another selection.
  useEffect(() => {
    setDone(undefined);
    setProblem(undefined);
  }, [chosen]);
  useEffect(() => {
    if (!on) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) end();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [on, end]);

  if (!on) return null;
  const count = chosen.size;
  const paths = [...chosen].sort();
  const attempt = (work: () => Promise<string | undefined>) =>
    work().then(
      (what) => {
        setDone(what);
        setProblem(undefined);
      },
      (error) => setProblem(toPlain(error)),
    );
  const download = async () => {
    const { file, missing } = await collectOriginals(paths, gallery, original);
    if (file) save(file.content, file.name);
    if (missing.paths.length === 0) return texts.saved;
    const named = missing.paths.slice(0, MOST_NAMED).join(", ") + (missing.paths.length > MOST_NAMED ? ", …" : "");
    return texts.without(missing.paths.length, count, named, missing.reason ?? "");
  };
  const copy = async () => {
    await navigator.clipboard.writeText(paths.join("\n"));
    return texts.copied;
  };
  return (
    <section className="selection" aria-label={texts.label}>
      <p aria-live="polite">
        {texts.count(<b key="count">{number(count)}</b>)}
        {done && <span className="muted"> · {done}</span>}
      </p>
      <button type="button" className="button primary" disabled={count === 0} onClick={() => attempt(download)}>
        {texts.download(count)}
      </button>
      <button type="button" className="button" disabled={count === 0} onClick={() => attempt(copy)}>
        {texts.copy(count)}
      </button>
      <button type="button" className="button" disabled={shown === 0} onClick={() => extend(0, shown - 1)}>
        {texts.all}
      </button>
      <button type="button" className="button" onClick={end}>
        {texts.done}
      </button>
      {problem && <Problem problem={problem} />}
    </section>
  );
}
