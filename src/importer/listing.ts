import { DotlightError } from "../files/errors";

/** A file of the folder or selection, before it is read. */
export interface ListedFile {
  /** Below the folder, '/'-separated. */
  path: string;
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
  open(): Promise<File>;
}

export interface ChosenFile {
  path: string;
  file: File;
}

/** Where photos come from: a folder that can be opened again, or files that were chosen or dropped. */
export type Origin =
  | { kind: "folder"; handle: FileSystemDirectoryHandle }
  /**
   * `complete`: these are all files of the folder, so that others are gone. `some` gives a few of them from a place on, none at the end: to hand
   * over 50,000 at once stops a page for seconds.
   */
  | { kind: "files"; complete: boolean; some: (from: number) => Promise<ChosenFile[]> };

export interface Listing {
  photos: ListedFile[];
  /** Files that are no pictures by their names. */
  others: number;
}

const PICTURE = /\.(jpe?g|jfif|png|webp|avif|gif|bmp|svg|hei[cf]|tiff?)$/i;
/** What operating systems leave beside photos: "._x.jpg", ".thumbnails/". */
const HIDDEN = /(^|\/)\./;

/** All pictures of the origin by their names, in the order of their paths. @throws DotlightError "no-folder" when it cannot be read */
export async function list(origin: Origin, onFound: (count: number) => void): Promise<Listing> {
  const photos: ListedFile[] = [];
  let others = 0;
  const take = (path: string, file: () => ListedFile | Promise<ListedFile>) => {
    if (HIDDEN.test(path)) return;
    if (!PICTURE.test(path)) {
      others++;
      return;
    }
    return file();
  };
  const add = (photo: ListedFile | undefined) => {
    if (photo && photos.push(photo) % 100 === 0) onFound(photos.length);
  };
  if (origin.kind === "files") {
    for (let from = 0, some = await origin.some(0); some.length > 0; from += some.length, some = await origin.some(from)) {
      for (const { path, file } of some) {
        add(await take(path, () => ({ path, size: file.size, modified: file.lastModified, open: async () => file })));
      }
    }
  } else {
    try {
      for await (const [path, handle] of walk(origin.handle, "")) {
        add(
          await take(path, async () => {
            const { size, lastModified } = await handle.getFile();
            return { path, size, modified: lastModified, open: () => handle.getFile() };
          }),
        );
      }
    } catch (error) {
      throw unreadable(origin.handle.name, error);
    }
  }
  photos.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { photos, others };
}

async function* walk(folder: FileSystemDirectoryHandle, below: string): AsyncGenerator<[string, FileSystemFileHandle]> {
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === "file") yield [below + name, handle as FileSystemFileHandle];
    else if (!HIDDEN.test(name)) yield* walk(handle as FileSystemDirectoryHandle, `${below}${name}/`);
  }
}

/** Why a folder cannot be read. */
export function unreadable(name: string, error: unknown): DotlightError {
  const denied = error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "SecurityError");
  return new DotlightError(
    "no-folder",
    denied
      ? `The browser may not read the folder "${name}" any more.`
      : `The folder "${name}" cannot be read (${error instanceof Error ? error.message : error}): it was moved, or its disk is not connected.`,
    denied
      ? "Allow it again, or choose the folder anew; nothing that was indexed is lost."
      : "Connect it and try again; nothing that was indexed is lost.",
  );
}
