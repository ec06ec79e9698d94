import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { Item } from "../engine";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import { save } from "./save";

interface Props {
  item: Item;
  /** The file itself. @throws DotlightError */
  original: (path: string) => Promise<File>;
}

/** What a photo's file says of it, and what can be done with it. */
export function OwnPhoto({ item: { id, details }, original }: Props) {
  const { ownPhoto: texts, photo, second } = useTexts();
  const [problem, setProblem] = useState<PlainError>();
  const [copied, setCopied] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another photo begins anew.
  useEffect(() => {
    setProblem(undefined);
    setCopied(false);
  }, [id]);
  const attempt = (work: () => Promise<unknown>) =>
    work().then(
      () => setProblem(undefined),
      (error) => setProblem(toPlain(error)),
    );
  const show = async () => {
    // Opened in the click's own task: later, a browser would take it for a pop-up.
    const tab = open("", "_blank");
    try {
      const url = URL.createObjectURL(await original(id));
      if (tab) tab.location.href = url;
    } catch (error) {
      tab?.close();
      throw error;
    }
  };
  const download = async () => {
    const file = await original(id);
    save(file, file.name);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  return (
    <section aria-label={photo.photo} className="own-photo">
      <dl>
        <div>
          <dt>{texts.file}</dt>
          <dd>
            <bdi>{id}</bdi>
          </dd>
        </div>
        {details?.taken && (
          <div>
            <dt>{texts.taken}</dt>
            <dd>{second(details.taken)}</dd>
          </div>
        )}
        {details?.camera && (
          <div>
            <dt>{texts.camera}</dt>
            <dd>{details.camera}</dd>
          </div>
        )}
        {details?.place && (
          <div>
            <dt>{texts.place}</dt>
            <dd>{details.place.map((degrees) => degrees.toFixed(4)).join(", ")}</dd>
          </div>
        )}
        {details && (
          <div>
            <dt>{texts.size}</dt>
            <dd>
              {details.width} × {details.height}, {details.type}
            </dd>
          </div>
        )}
      </dl>
      <div className="add-photos">
        <button type="button" className="button" onClick={() => attempt(show)}>
          {texts.open}
        </button>
        <button type="button" className="button" onClick={() => attempt(download)}>
          {texts.download}
        </button>
        <button type="button" className="button" onClick={() => attempt(copy)}>
          {copied ? texts.copied : texts.copy}
        </button>
      </div>
      {problem && <Problem problem={problem} />}
    </section>
  );
}
