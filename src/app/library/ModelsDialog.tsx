import { useEffect, useState } from "react";
import { DTYPES, type Dtype, dtypeFor, type Entry, publicPacks } from "../../encoders/registry/registry";
import type { PersonalGallery } from "../../store/library";
import { PAGE_PACKS } from "../address";
import { Dialog } from "../shell/Dialog";
import { Problem } from "../shell/Problem";
import { megabytes } from "./LibraryDialog";
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

/** What is said of the models that come with the page. */
const BUILT_IN: Record<string, { name: string; about: string }> = {
  diorama: { name: "Diorama small", about: "6 languages · Apache-2.0 · has only seen toy dioramas: on photographs its ranking is poor" },
  "photos-small": {
    name: "Photos small",
    about:
      "English · good at people, dogs, sports and the outdoors · trained on Flickr8k, whose photographs are for research use only: a commercial site must choose it knowingly",
  },
};
const FORMS: Record<Dtype, string> = { q8: "8 bits", f16: "16 bits", f32: "32 bits" };

/** What a pack is called on the page. */
export function modelName(id: string): string {
  return BUILT_IN[id]?.name ?? publicPacks().find((pack) => pack.id === id)?.entry.name ?? id;
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
  useEffect(look, [look]);
  const entries = [...new Set(models.map(({ entry }) => entry))];
  return (
    <Dialog title="Models" kind="library models" onClose={onClose}>
      <p className="muted">
        A model reads photos and words. One that was trained on millions of photographs ranks them far better than those that come with the
        page; it is downloaded once, kept in this browser, and works without a network. A gallery belongs to the model that has read it.
      </p>
      {problem && <Problem problem={problem} />}
      <ul>
        {PAGE_PACKS.map((id) => (
          <li key={id} className="model" data-model={id}>
            <div className="model-head">
              <h2>{modelName(id)}</h2>
              <span className="tag">with the page</span>
            </div>
            {BUILT_IN[id] && <p className="muted">{BUILT_IN[id].about}</p>}
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
        <b>pinned</b>: its files are known byte for byte. <b>layout-tested</b>: Dotlight knows how it is laid out, but nobody has recorded
        its files' digests yet; they are recorded when it arrives, and checked from then on.
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
  return (
    <>
      <button
        type="button"
        className={id === chosen ? "button primary" : "button"}
        aria-pressed={id === chosen}
        onClick={() => onChoose(id)}
      >
        {id === chosen ? "Reads new galleries" : "Use for new galleries"}
      </button>
      {open && open.pack.id !== id && (
        <button type="button" className="button" onClick={() => onReadWith(id)}>
          Read “{open.name}” again with it
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
  const [picked, setPicked] = useState<Dtype>();
  // What is here or on its way is shown first; then what suits the device.
  const at = forms.find(({ state }) => state !== "away")?.dtype;
  const dtype = picked ?? at ?? suits ?? forms[0]!.dtype;
  const model = forms.find((form) => form.dtype === dtype)!;
  const { id, state, bytes, pin, loaded = 0, total = bytes, problem } = model;
  const size = `${pin ? "" : "about "}${megabytes(bytes)}`;
  return (
    <li className="model" data-model={id} data-state={state}>
      <div className="model-head">
        <h2>{entry.name}</h2>
        <span className="tag">{pin ? "pinned" : "layout-tested"}</span>
      </div>
      <p className="muted">
        {size} · {languagesOf(entry)} · {entry.license}
      </p>
      {entry.notice && <p className="muted">{entry.notice}</p>}
      {state === "arriving" && (
        <>
          <progress aria-label={`Downloading ${entry.name}`} max={total} value={loaded} />
          <p className="muted" data-testid="arriving">
            {(loaded / 1e6).toFixed(1)} of {pin ? "" : "about "}
            {megabytes(total)}
          </p>
        </>
      )}
      {problem && state !== "arriving" && <Problem problem={problem} />}
      <div className="model-doing">
        {forms.length > 1 && state !== "arriving" && (
          <select aria-label={`Form of ${entry.name}`} value={dtype} onChange={(event) => setPicked(event.target.value as Dtype)}>
            {DTYPES.flatMap((each) => forms.filter((form) => form.dtype === each)).map((form) => (
              <option key={form.dtype} value={form.dtype}>
                {FORMS[form.dtype]}, {megabytes(form.bytes)}
                {form.dtype === suits ? " (for this device)" : ""}
              </option>
            ))}
          </select>
        )}
        {(state === "away" || state === "begun") && (
          <button type="button" className="button" aria-label={`Download ${entry.name}`} onClick={() => add(id)}>
            {state === "begun" ? "Go on downloading" : "Download"}
          </button>
        )}
        {state === "arriving" && (
          <button type="button" className="button" onClick={() => cancel(id)}>
            Stop
          </button>
        )}
        {state === "here" && <Choice id={id} {...choice} />}
        {(state === "here" || state === "begun") && (
          <button type="button" className="button" aria-label={`Remove ${entry.name}`} onClick={() => onRemove(id)}>
            Remove
          </button>
        )}
      </div>
    </li>
  );
}

const MOST_SAID = 4;

function languagesOf({ languages }: Entry): string {
  const names = new Intl.DisplayNames("en", { type: "language" });
  return languages.length > MOST_SAID ? `${languages.length} languages` : languages.map((code) => names.of(code)).join(", ");
}
