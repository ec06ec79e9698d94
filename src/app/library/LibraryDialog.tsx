import { useRef, useState } from "react";
import type { PersonalGallery } from "../../store/records";
import { siteName } from "../address";
import { Dialog } from "../shell/Dialog";
import { DeleteIcon, DownloadIcon, PenIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import { AddPhotos } from "./AddPhotos";
import type { Choice } from "./origin";
import type { LibraryState } from "./use-library";

interface Props {
  library: LibraryState;
  /** The id of the gallery that is open; undefined for the embedded one. */
  open: string | undefined;
  /** An import runs into it: it cannot be deleted. */
  busy: string | undefined;
  onGo: (id: string | undefined) => void;
  onAdd: (choice: Choice) => void;
  /** The model that new galleries are made with. */
  model: string;
  onModels: () => void;
  onClose: () => void;
}

/** All galleries: the embedded one and the visitor's own; and how to make another. */
export function LibraryDialog({ library, open, busy, onGo, onAdd, model, onModels, onClose }: Props) {
  const { shell, library: texts } = useTexts();
  const exported = useRef<HTMLInputElement>(null);
  const { galleries = [], space, problem } = library;
  return (
    <Dialog title={shell.galleries} kind="library" onClose={onClose}>
      <ul className="galleries" aria-label={texts.all}>
        <li>
          <button type="button" className="gallery-open" aria-current={open === undefined} onClick={() => onGo(undefined)}>
            {siteName() ?? "Diorama"} <span className="muted">{siteName() ? texts.withPage : texts.dioramas}</span>
          </button>
        </li>
        {galleries.map((gallery) => (
          <Own key={gallery.id} gallery={gallery} library={library} current={gallery.id === open} busy={gallery.id === busy} onGo={onGo} />
        ))}
      </ul>
      {problem && <Problem problem={problem} />}
      <section className="new-gallery">
        <h2>{texts.own}</h2>
        <p>{texts.about}</p>
        <p className="reading-model">
          {texts.readBy(<b key="model">{model}</b>)}
          <button type="button" className="link" onClick={onModels}>
            {texts.models}
          </button>
        </p>
        <AddPhotos onChoose={onAdd} />
        <p className="muted">{texts.drop}</p>
        <button type="button" className="link" onClick={() => exported.current?.click()}>
          {texts.openExported}
        </button>
        <input
          ref={exported}
          type="file"
          data-testid="exported-input"
          accept=".tar"
          hidden
          onChange={async (event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            const made = file && (await library.upload(file));
            if (made) onGo(made.id);
          }}
        />
      </section>
      {space && (
        <p className="space muted">{space.persistent ? texts.spaceKept(space.used, space.quota) : texts.space(space.used, space.quota)}</p>
      )}
    </Dialog>
  );
}

interface OwnProps {
  gallery: PersonalGallery;
  library: LibraryState;
  current: boolean;
  busy: boolean;
  onGo: (id: string | undefined) => void;
}

function Own({ gallery, library, current, busy, onGo }: OwnProps) {
  const { library: texts } = useTexts();
  const { id, name, folder } = gallery;
  const [doing, setDoing] = useState<"rename" | "delete">();
  if (doing === "rename") {
    return (
      <li>
        <form
          className="rename"
          onSubmit={(event) => {
            event.preventDefault();
            const chosen = String(new FormData(event.currentTarget).get("name")).trim();
            if (chosen) library.rename(id, chosen);
            setDoing(undefined);
          }}
        >
          {/* biome-ignore lint/a11y/noAutofocus: the visitor has just asked to write here. */}
          <input name="name" aria-label={texts.newName} defaultValue={name} maxLength={200} autoFocus />
          <button type="submit" className="button">
            {texts.rename}
          </button>
        </form>
      </li>
    );
  }
  if (doing === "delete") {
    return (
      <li className="sure">
        <p>{texts.sure(name)}</p>
        <button
          type="button"
          className="button"
          onClick={async () => {
            await library.remove(id);
            if (current) onGo(undefined);
          }}
        >
          {texts.forgetIt}
        </button>
        <button type="button" className="button" onClick={() => setDoing(undefined)}>
          {texts.keepIt}
        </button>
      </li>
    );
  }
  return (
    <li>
      <button type="button" className="gallery-open" aria-current={current} onClick={() => onGo(id)}>
        <bdi>{name}</bdi> <span className="muted">{folder ? texts.folder : texts.chosen}</span>
      </button>
      <button type="button" className="icon-button" aria-label={texts.renameOne(name)} onClick={() => setDoing("rename")}>
        <PenIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={texts.exportOne(name)}
        title={texts.exportTitle}
        onClick={() => library.download(gallery)}
      >
        <DownloadIcon />
      </button>
      <button type="button" className="icon-button" aria-label={texts.forgetOne(name)} disabled={busy} onClick={() => setDoing("delete")}>
        <DeleteIcon />
      </button>
    </li>
  );
}
