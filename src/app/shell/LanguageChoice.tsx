import { useState } from "react";
import { LANGUAGES, type Language } from "../texts/language";
import { useLanguage, useTexts } from "../texts/texts";
import { GlobeIcon } from "./icons";

/** Chooses the language of the page, each by its own name. */
export function LanguageChoice() {
  const { language, choose } = useLanguage();
  const { shell } = useTexts();
  const [missing, setMissing] = useState<Language>();
  return (
    <>
      <label className="language">
        <GlobeIcon />
        <select
          aria-label={shell.language}
          title={shell.language}
          value={language}
          onChange={({ target }) => {
            const chosen = target.value as Language;
            choose(chosen).then(
              () => setMissing(undefined),
              () => setMissing(chosen),
            );
          }}
        >
          {(Object.keys(LANGUAGES) as Language[]).map((one) => (
            <option key={one} value={one} lang={one}>
              {LANGUAGES[one]}
            </option>
          ))}
        </select>
      </label>
      {missing && (
        <p className="update" role="alert">
          {shell.languageMissing(LANGUAGES[missing])}
        </p>
      )}
    </>
  );
}
