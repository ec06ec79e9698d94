import { useCallback, useEffect, useRef, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import { Library } from "../../store/library";
import { personalAddress } from "../../store/personal-gallery";
import type { PersonalGallery } from "../../store/records";
import { packsUrl } from "../address";
import { forgetSearches } from "../search/searches/searches";
import { inIndexWorker } from "./index-worker";
import { save } from "./save";

/** Bytes of this page's storage, as the browser estimates them, and whether it may be cleared without asking. */
export interface Space {
  used: number;
  quota: number;
  persistent: boolean;
}

export interface LibraryState {
  /** Undefined until they have been read. */
  galleries: PersonalGallery[] | undefined;
  space: Space | undefined;
  problem: PlainError | undefined;
  /** Reads everything again. */
  reload: () => Promise<void>;
  rename: (id: string, name: string) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Makes an empty gallery that a pack will fill. @throws DotlightError */
  create: (name: string, folder: FileSystemDirectoryHandle | undefined, pack: string) => Promise<PersonalGallery>;
  /** Lets another pack read a gallery: its photos wait to be encoded again. @throws DotlightError */
  setPack: (id: string, pack: string) => Promise<void>;
  /** Remembers the folder that a gallery's photos are in. */
  setFolder: (id: string, folder: FileSystemDirectoryHandle) => Promise<void>;
  /** Saves a gallery as one file. */
  download: (gallery: PersonalGallery) => Promise<void>;
  /** Makes a gallery of such a file; undefined when that failed, which `problem` tells. */
  upload: (file: File) => Promise<PersonalGallery | undefined>;
}

/** The visitor's own galleries. */
export function useLibrary(): LibraryState {
  const library = useRef<Promise<Library>>(undefined);
  const [state, setState] = useState<Pick<LibraryState, "galleries" | "space" | "problem">>({
    galleries: undefined,
    space: undefined,
    problem: undefined,
  });

  const doing = useCallback(async (work: (library: Library) => Promise<unknown>) => {
    try {
      library.current ??= Library.open();
      const opened = await library.current;
      await work(opened);
      const [galleries, space] = await Promise.all([opened.galleries(), readSpace()]);
      galleries.sort((a, b) => a.name.localeCompare(b.name));
      setState({ galleries, space, problem: undefined });
    } catch (error) {
      library.current = undefined;
      setState((before) => ({ ...before, galleries: before.galleries ?? [], problem: toPlain(error) }));
    }
  }, []);
  const reload = useCallback(() => doing(async () => undefined), [doing]);
  useEffect(() => {
    reload();
  }, [reload]);
  const rename = useCallback((id: string, name: string) => doing((opened) => opened.update(id, { name })), [doing]);
  const remove = useCallback(
    (id: string) =>
      doing(async (opened) => {
        await opened.delete(id);
        forgetSearches(personalAddress(id));
      }),
    [doing],
  );
  const setFolder = useCallback<LibraryState["setFolder"]>((id, folder) => doing((opened) => opened.update(id, { folder })), [doing]);
  const create = useCallback<LibraryState["create"]>(
    async (name, folder, pack) => {
      // The vectors took the machine's time: the browser is asked not to clear them when it runs short.
      await navigator.storage?.persist?.();
      const made = await inIndexWorker((remote) => remote.create(name, folder, packsUrl(), pack));
      await reload();
      return made;
    },
    [reload],
  );
  const setPack = useCallback<LibraryState["setPack"]>(
    async (id, pack) => {
      await inIndexWorker((remote) => remote.setPack(id, packsUrl(), pack));
      await reload();
    },
    [reload],
  );
  const download = useCallback<LibraryState["download"]>(
    ({ id, name }) => doing(async () => save(await inIndexWorker((remote) => remote.exportGallery(id)), `${name}.dotlight.tar`)),
    [doing],
  );
  const upload = useCallback<LibraryState["upload"]>(
    async (file) => {
      let made: PersonalGallery | undefined;
      await doing(async () => {
        made = await inIndexWorker((remote) => remote.importGallery(file, file.name));
      });
      return made;
    },
    [doing],
  );
  return { ...state, reload, rename, remove, create, setPack, setFolder, download, upload };
}

async function readSpace(): Promise<Space | undefined> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (usage === undefined || quota === undefined) return undefined;
  return { used: usage, quota, persistent: (await navigator.storage.persisted?.()) ?? false };
}
