import { useCallback, useEffect, useRef, useState } from "react";
import { DotlightError, type PlainError, toPlain } from "../../files/errors";
import { unreadable } from "../../importer/listing";
import type { PersonalGallery } from "../../store/records";
import type { Address } from "../address";
import { useTexts } from "../texts/texts";
import type { Loading } from "../use-gallery";
import { askToRead, type Choice, type Chosen, mayRead } from "./origin";
import { type Importing, useImport } from "./use-import";
import { type LibraryState, useLibrary } from "./use-library";

export interface OwnPhotos {
  library: LibraryState;
  importing: Importing;
  /** The gallery that is open, if it is one of the visitor's own. */
  open: PersonalGallery | undefined;
  /** Its folder has not been looked at on this visit. */
  unscanned: boolean;
  problem: PlainError | undefined;
  /** Brings photos into a new gallery, or into the open one. */
  add: (choice: Choice, into?: PersonalGallery) => Promise<void>;
  /** Looks for changes in the open gallery's folder, asking for permission first; `forget` as in Importer.run. */
  scan: (forget?: boolean) => Promise<void>;
  /** Reads the open gallery's photos again with another pack. */
  readWith: (pack: string) => Promise<void>;
  /** The file of a photo of the open gallery. @throws DotlightError "no-folder" */
  original: (path: string) => Promise<File>;
}

/** Between two looks at what an import has written: at least so many ms, and so many times what the last look took. */
const REFRESH_EVERY = 1000;
const REFRESH_SHARE = 10;

/** The visitor's own galleries on the page: making, filling, watching and reading them. */
export function useOwnPhotos(address: Address, { gallery, refresh }: Loading, go: (gallery: string) => void): OwnPhotos {
  const { nameless } = useTexts().add;
  const library = useLibrary();
  const importing = useImport(address.device);
  const { now, start, dismiss } = importing;
  const [problem, setProblem] = useState<PlainError>();
  /** Where each gallery's photos came from on this visit. */
  const [origins, setOrigins] = useState<Record<string, Chosen>>({});
  const id = gallery?.own?.id;
  const open = id === undefined ? undefined : library.galleries?.find((one) => one.id === id);
  const unscanned = open?.folder !== undefined && origins[open.id] === undefined;
  const { reload, create, setPack, setFolder } = library;

  const begin = useCallback(
    (into: { id: string; name: string }, origin: Chosen, forget = false) => {
      setOrigins((before) => ({ ...before, [into.id]: origin }));
      start(into, origin, forget);
    },
    [start],
  );

  const add = useCallback<OwnPhotos["add"]>(
    async (choice, into) => {
      setProblem(undefined);
      try {
        const folder = choice.origin.kind === "folder" ? choice.origin.handle : undefined;
        const to = into ?? (await create(choice.name ?? nameless, folder, address.pack));
        if (into && folder) await setFolder(into.id, folder);
        // Single files added to what came from a folder must not make its other photos seem missing.
        const origin: Chosen =
          into && choice.origin.kind === "files" && choice.name !== into.name ? { ...choice.origin, complete: false } : choice.origin;
        begin(to, origin);
        go(to.id);
      } catch (error) {
        setProblem(toPlain(error));
      }
    },
    [address.pack, begin, create, setFolder, go, nameless],
  );

  const scan = useCallback<OwnPhotos["scan"]>(
    async (forget) => {
      if (!open) return;
      setProblem(undefined);
      const { folder } = open;
      const origin: Chosen | undefined = folder ? { kind: "folder", handle: folder } : origins[open.id];
      if (!origin) return;
      try {
        if (folder && !(await askToRead(folder))) throw unreadable(folder.name, new DOMException("", "NotAllowedError"));
        begin(open, origin, forget);
      } catch (error) {
        setProblem(toPlain(error));
      }
    },
    [open, origins, begin],
  );

  const readWith = useCallback<OwnPhotos["readWith"]>(
    async (pack) => {
      if (!open) return;
      setProblem(undefined);
      try {
        await setPack(open.id, pack);
        // Every worker needs other encoders; a folder that may be read is looked at when its gallery opens.
        location.reload();
      } catch (error) {
        setProblem(toPlain(error));
      }
    },
    [open, setPack],
  );

  // A folder that may be read without asking is looked at as soon as its gallery is open.
  useEffect(() => {
    if (!open?.folder || !unscanned || now?.running) return;
    let over = false;
    mayRead(open.folder).then(
      (may) => may && !over && begin(open, { kind: "folder", handle: open.folder! }),
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [open, unscanned, now?.running, begin]);

  const written = now?.gallery.id === id ? now?.written : undefined;
  const over = now !== undefined && !now.running;
  useRefresh(refresh, written, over);
  useEffect(() => {
    if (over) reload();
  }, [over, reload]);

  // What an import did to a gallery that is forgotten is of no more use.
  const forgotten = over && library.galleries?.every((one) => one.id !== now.gallery.id);
  useEffect(() => {
    if (forgotten) dismiss();
  }, [forgotten, dismiss]);

  const original = useCallback<OwnPhotos["original"]>(
    async (path) => {
      const origin = open && (origins[open.id] ?? (open.folder && { kind: "folder" as const, handle: open.folder }));
      if (origin?.kind === "files") {
        const found = origin.files.find((file) => file.path === path);
        if (found) return found.file;
      }
      if (origin?.kind !== "folder") throw notHere(path);
      if (!(await askToRead(origin.handle))) throw unreadable(origin.handle.name, new DOMException("", "NotAllowedError"));
      try {
        const parts = path.split("/");
        let folder = origin.handle;
        for (const name of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
        return await (await folder.getFileHandle(parts.at(-1)!)).getFile();
      } catch (error) {
        throw new DotlightError(
          "no-folder",
          `"${path}" cannot be read (${error instanceof Error ? error.message : error}).`,
          "Look for changes in the folder.",
        );
      }
    },
    [open, origins],
  );

  return { library, importing, open, unscanned, problem, add, scan, readWith, original };
}

const notHere = (path: string) =>
  new DotlightError(
    "no-folder",
    `The page has no access to "${path}" on this visit: this browser lets it keep no folder.`,
    "Choose the folder again to open originals.",
  );

/** Shows what an import has written, often enough to search over it and seldom enough not to slow it; one look at a time. */
function useRefresh(refresh: Loading["refresh"], written: number | undefined, over: boolean): void {
  const last = useRef({ at: 0, took: 0, written: 0, busy: false });
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written during a look is looked at after it.
  useEffect(() => {
    const state = last.current;
    if (!written || state.busy || written === state.written) return;
    const wait = over ? 0 : Math.max(0, state.at + Math.max(REFRESH_EVERY, state.took * REFRESH_SHARE) - performance.now());
    const timer = setTimeout(async () => {
      const began = performance.now();
      last.current = { ...state, written, busy: true };
      await refresh(over);
      last.current = { at: performance.now(), took: performance.now() - began, written, busy: false };
      setLooks((before) => before + 1);
    }, wait);
    return () => clearTimeout(timer);
  }, [refresh, written, over, looks]);
}
