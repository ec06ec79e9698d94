import type { ChosenFile } from "../../importer/listing";

/** Where photos come from: as listing.ts's Origin, with all files at hand. */
export type Chosen = { kind: "folder"; handle: FileSystemDirectoryHandle } | { kind: "files"; files: ChosenFile[]; complete: boolean };

/** Where photos come from, and what the gallery is called if it is a new one: nothing where they come from no folder of a name. */
export interface Choice {
  origin: Chosen;
  name: string | undefined;
}

type PickDirectory = (options: { mode: "read" }) => Promise<FileSystemDirectoryHandle>;

/** Whether the browser can open a folder again on a later visit. */
export const canPickFolder = (): boolean => "showDirectoryPicker" in window;

/** Lets the visitor pick a folder, to be read only; undefined when they think better of it. */
export async function pickFolder(): Promise<Choice | undefined> {
  const pick = (window as unknown as { showDirectoryPicker: PickDirectory }).showDirectoryPicker;
  try {
    const handle = await pick.call(window, { mode: "read" });
    return { origin: { kind: "folder", handle }, name: handle.name || undefined };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
}

/** Files of an input: of a whole folder, each with its path in it, or single ones. */
export function chosenFiles(list: FileList): Choice | undefined {
  const files = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  if (files.length === 0) return undefined;
  return asChoice(files);
}

/** Paths lose the folder's own name where all files are in one: it is the gallery's name, and all its files are here. */
function asChoice(files: ChosenFile[]): Choice {
  const root = files[0]!.path.split("/")[0]!;
  const inside = files.every(({ path }) => path.startsWith(`${root}/`));
  if (!inside) return { origin: { kind: "files", files, complete: false }, name: undefined };
  const below = files.map(({ path, file }) => ({ path: path.slice(root.length + 1), file }));
  return { origin: { kind: "files", files: below, complete: true }, name: root };
}

/** What was dropped: a folder that can be opened again, or files, those of folders with their paths. Must be called in the drop's own event. */
export async function droppedFiles(data: DataTransfer): Promise<Choice | undefined> {
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const handles = items.map((item) => (item as { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }).getAsFileSystemHandle?.());
  const entries = items.map((item) => item.webkitGetAsEntry());
  if (handles.length === 1) {
    const handle = await handles[0];
    if (handle?.kind === "directory") {
      return { origin: { kind: "folder", handle: handle as FileSystemDirectoryHandle }, name: handle.name || undefined };
    }
  }
  const files: ChosenFile[] = [];
  for (const entry of entries) if (entry) await collect(entry, files);
  return files.length > 0 ? asChoice(files) : undefined;
}

async function collect(entry: FileSystemEntry, files: ChosenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    files.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives at most a hundred at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    for (const one of some) await collect(one, files);
  }
}

/** Whether a folder may be read now, without asking. */
export async function mayRead(handle: FileSystemDirectoryHandle): Promise<boolean> {
  return (await permission(handle, "queryPermission")) === "granted";
}

/** Asks for a folder that was picked on an earlier visit. Must be called in a click's own event. */
export async function askToRead(handle: FileSystemDirectoryHandle): Promise<boolean> {
  return (await permission(handle, "requestPermission")) === "granted";
}

/** Browsers without permissions for handles give out none that would need them. */
async function permission(handle: FileSystemDirectoryHandle, method: "queryPermission" | "requestPermission"): Promise<PermissionState> {
  const of = handle as unknown as Record<string, ((options: { mode: "read" }) => Promise<PermissionState>) | undefined>;
  return (await of[method]?.call(handle, { mode: "read" })) ?? "granted";
}
