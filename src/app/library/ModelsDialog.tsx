import { useEffect, useState } from "react";
import { DTYPES, type Dtype, dtypeFor, type Entry, publicPacks } from "../../encoders/registry/registry";
import type { PersonalGallery } from "../../store/records";
import { PAGE_PACKS } from "../address";
import { Dialog } from "../shell/Dialog";
import { Problem } from "../shell/Problem";
import { type Texts, useLanguage, useTexts } from "../texts/texts";
import type { Model, Models } from "./use-models";

interface Props {
  models: Models;
  /** The pack that new galleries are made with. */
  chosen: string;
  /** A gallery of the visitor's own, which another model can read again. */
  open: PersonalGallery | undefined;
  onChoose: (pack: string) => void;
  onReadWith: (pack: string) => void;
  onRemove: (pack: string) => void;
  onClose: () => void;
}

/** The names of the models that come with the page. */
const BUILT_IN: Record<string, string> = { diorama: "Diorama small", "photos-small": "Photos small" };

/** What a pack is called on the page. */
export function modelName(id: string): string {
  return BUILT_IN[id] ?? publicPacks().find((pack) => pack.id === id)?.entry.name ?? id;
}

/** The models that photos can be read with: what each takes before it is downloaded, which are here, which is chosen. */
export function ModelsDialog({
  models: { models, halves, problem, look, add, cancel },
  chosen,
  open,
  onChoose,
  onReadWith,
  onRemove,
  onClose,
}: Props) {
  const { models: texts, library } = useTexts();
  useEffect(look, [look]);
  const entries = [...new Set(models.map(({ entry }) => entry))];
  return (
    <Dialog title={library.models} kind="library models" onClose={onClose}>
      <p className="muted">{texts.about}</p>
      {problem && <Problem problem={problem} />}
      <ul>
        {PAGE_PACKS.map((id) => (
          <li key={id} className="model" data-model={id}>
            <div className="model-head">
              <h2>{modelName(id)}</h2>
              <span className="tag">{texts.withPage}</span>
            </div>
            {texts.builtIn[id] && <p className="muted">{texts.builtIn[id]}</p>}
            <div className="model-doing">
              <Choice id={id} chosen={chosen} open={open} onChoose={onChoose} onReadWith={onReadWith} />
            </div>
          </li>
        ))}
        {entries.map((entry) => (
          <EntryRow
            key={entry.id}
            entry={entry}
            forms={models.filter((model) => model.entry === entry)}
            suits={halves === undefined ? undefined : dtypeFor(entry, halves)}
            add={add}
            cancel={cancel}
            onRemove={onRemove}
            choice={{ chosen, open, onChoose, onReadWith }}
          />
        ))}
      </ul>
      <p className="muted model-legend">
        <b>{texts.pinned}</b>
        {texts.pinnedMeans}
        <b>{texts.layoutTested}</b>
        {texts.layoutTestedMeans}
      </p>
    </Dialog>
  );
}

interface ChoiceProps {
  chosen: string;
  open: PersonalGallery | undefined;
  onChoose: (pack: string) => void;
  onReadWith: (pack: string) => void;
}

/** What can be done with a model that is here. */
function Choice({ id, chosen, open, onChoose, onReadWith }: ChoiceProps & { id: string }) {
  const { models: texts } = useTexts();
  return (
    <>
      <button
        type="button"
        className={id === chosen ? "button primary" : "button"}
        aria-pressed={id === chosen}
        onClick={() => onChoose(id)}
      >
        {id === chosen ? texts.reads : texts.use}
      </button>
      {open && open.pack.id !== id && (
        <button type="button" className="button" onClick={() => onReadWith(id)}>
          {texts.readWith(open.name)}
        </button>
      )}
    </>
  );
}

interface RowProps {
  entry: Entry;
  forms: Model[];
  suits: Dtype | undefined;
  add: Models["add"];
  cancel: Models["cancel"];
  onRemove: (pack: string) => void;
  choice: ChoiceProps;
}

function EntryRow({ entry, forms, suits, add, cancel, onRemove, choice }: RowProps) {
  const { language } = useLanguage();
  const { models: texts } = useTexts();
  const [picked, setPicked] = useState<Dtype>();
  // What is here or on its way is shown first; then what suits the device.
  const at = forms.find(({ state }) => state !== "away")?.dtype;
  const dtype = picked ?? at ?? suits ?? forms[0]!.dtype;
  const model = forms.find((form) => form.dtype === dtype)!;
  const { id, state, bytes, pin, loaded = 0, total = bytes, problem } = model;
  return (
    <li className="model" data-model={id} data-state={state}>
      <div className="model-head">
        <h2>{entry.name}</h2>
        <span className="tag">{pin ? texts.pinned : texts.layoutTested}</span>
      </div>
      <p className="muted">
        {texts.size(bytes, pin !== undefined)} · {languagesOf(entry, language, texts)} · {entry.license}
      </p>
      {entry.notice && <p className="muted">{entry.notice}</p>}
      {state === "arriving" && (
        <>
          <progress aria-label={texts.downloading(entry.name)} max={total} value={loaded} />
          <p className="muted" data-testid="arriving">
            {texts.progress(loaded, total, pin !== undefined)}
          </p>
        </>
      )}
      {problem && state !== "arriving" && <Problem problem={problem} />}
      <div className="model-doing">
        {forms.length > 1 && state !== "arriving" && (
          <select aria-label={texts.form(entry.name)} value={dtype} onChange={(event) => setPicked(event.target.value as Dtype)}>
            {DTYPES.flatMap((each) => forms.filter((form) => form.dtype === each)).map((form) => (
              <option key={form.dtype} value={form.dtype}>
                {texts.formSize(texts.forms[form.dtype], form.bytes, form.dtype === suits)}
              </option>
            ))}
          </select>
        )}
        {(state === "away" || state === "begun") && (
          <button type="button" className="button" aria-label={texts.downloadOne(entry.name)} onClick={() => add(id)}>
            {state === "begun" ? texts.goOn : texts.download}
          </button>
        )}
        {state === "arriving" && (
          <button type="button" className="button" onClick={() => cancel(id)}>
            {texts.stop}
          </button>
        )}
        {state === "here" && <Choice id={id} {...choice} />}
        {(state === "here" || state === "begun") && (
          <button type="button" className="button" aria-label={texts.removeOne(entry.name)} onClick={() => onRemove(id)}>
            {texts.remove}
          </button>
        )}
      </div>
    </li>
  );
}

const MOST_SAID = 4;

function languagesOf({ languages }: Entry, language: string, texts: Texts["models"]): string {
  const names = new Intl.DisplayNames(language, { type: "language" });
  return languages.length > MOST_SAID ? texts.languages(languages.length) : languages.map((code) => names.of(code)).join(", ");
}
