import { useRef, useState } from "react";
import type { PersonalGallery } from "../../store/library";
import { siteName } from "../address";
import { Dialog } from "../shell/Dialog";
import { DeleteIcon, DownloadIcon, PenIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
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
  const exported = useRef<HTMLInputElement>(null);
  const { galleries = [], space, problem } = library;
  return (
    <Dialog title="Galleries" kind="library" onClose={onClose}>
      <ul className="galleries" aria-label="All galleries">
        <li>
          <button type="button" className="gallery-open" aria-current={open === undefined} onClick={() => onGo(undefined)}>
            {siteName() ?? "Diorama"} <span className="muted">{siteName() ? "with the page" : "1,000 made pictures, with the page"}</span>
          </button>
        </li>
        {galleries.map((gallery) => (
          <Own key={gallery.id} gallery={gallery} library={library} current={gallery.id === open} busy={gallery.id === busy} onGo={onGo} />
        ))}
      </ul>
      {problem && <Problem problem={problem} />}
      <section className="new-gallery">
        <h2>Your own photos</h2>
        <p>
          Choose a folder and search it in your own words, with or without a network. Your photos are read on this machine, by this page,
          and go nowhere: what is kept of them, small previews and numbers, stays in this browser.
        </p>
        <p className="reading-model">
          They are read by the model <b>{model}</b>.{" "}
          <button type="button" className="link" onClick={onModels}>
            Models
          </button>
        </p>
        <AddPhotos onChoose={onAdd} />
        <p className="muted">You can also drop a folder or photos anywhere on the page.</p>
        <button type="button" className="link" onClick={() => exported.current?.click()}>
          Open a gallery that was exported to a file
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
        <p className="space muted">
          {megabytes(space.used)} used of the {megabytes(space.quota)} that this browser gives
          {space.persistent ? ", kept until you delete it." : "; when the device runs short of room, the browser may clear it."}
        </p>
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
          <input name="name" aria-label="New name" defaultValue={name} maxLength={200} autoFocus />
          <button type="submit" className="button">
            Rename
          </button>
        </form>
      </li>
    );
  }
  if (doing === "delete") {
    return (
      <li className="sure">
        <p>Forget “{name}”? The photos themselves stay where they are.</p>
        <button
          type="button"
          className="button"
          onClick={async () => {
            await library.remove(id);
            if (current) onGo(undefined);
          }}
        >
          Forget it
        </button>
        <button type="button" className="button" onClick={() => setDoing(undefined)}>
          Keep it
        </button>
      </li>
    );
  }
  return (
    <li>
      <button type="button" className="gallery-open" aria-current={current} onClick={() => onGo(id)}>
        <bdi>{name}</bdi> <span className="muted">{folder ? "a folder" : "chosen photos"}</span>
      </button>
      <button type="button" className="icon-button" aria-label={`Rename ${name}`} onClick={() => setDoing("rename")}>
        <PenIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Export ${name} to a file`}
        title="Export to a file"
        onClick={() => library.download(gallery)}
      >
        <DownloadIcon />
      </button>
      <button type="button" className="icon-button" aria-label={`Forget ${name}`} disabled={busy} onClick={() => setDoing("delete")}>
        <DeleteIcon />
      </button>
    </li>
  );
}

export function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
