import { useState } from "react";
import { useTexts } from "../texts/texts";
import { addressOf } from "./address";
import type { LabResult } from "./engine";
import { csvOf, jsonOf } from "./export";
import { slideOf } from "./slide";

/** The results as files, and a link that makes the same run. */
export function Export({ found }: { found: LabResult }) {
  const texts = useTexts();
  const { take } = texts.lab;
  const [copied, setCopied] = useState(false);
  const link = addressOf(found.settings);
  const name = ["dotlight", found.dataset, found.split, found.settings.language]
    .filter(Boolean)
    .join("-")
    .replace(/[^\w-]+/g, "_");
  const save = (ending: string, type: string, content: string) => {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.download = `${name}.${ending}`;
    anchor.click();
    URL.revokeObjectURL(url);
  };
  return (
    <section className="block" aria-labelledby="export">
      <h2 id="export">{take.title}</h2>
      <div className="export">
        <button type="button" className="button" onClick={() => save("json", "application/json", jsonOf(found))}>
          JSON
        </button>
        <button type="button" className="button" onClick={() => save("csv", "text/csv", csvOf(found))}>
          CSV
        </button>
        <button type="button" className="button" onClick={() => save("svg", "image/svg+xml", slideOf(found, texts))}>
          {take.slide}
        </button>
        <label className="link-field">
          <span>{take.link}</span>
          <input readOnly value={link} onFocus={({ target }) => target.select()} />
        </label>
        <button
          type="button"
          className="button"
          onClick={() =>
            navigator.clipboard.writeText(link).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {copied ? take.copied : take.copy}
        </button>
      </div>
    </section>
  );
}
