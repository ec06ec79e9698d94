import { useEffect, useState } from "react";
import type { LabFile } from "./engine";

/** What a picker of files or folders gives. */
export const pickedFiles = (list: FileList | null): LabFile[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** Takes files and folders that are dropped anywhere; true while some are held over the page. */
export function useDroppedFiles(onFiles: (files: Promise<LabFile[]>) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hold = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      // The entries must be taken before the event is over.
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
      if (entries.length > 0) onFiles(Promise.all(entries.map((entry) => filesOf(entry))).then((lists) => lists.flat()));
    };
    addEventListener("dragover", hold);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", hold);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [onFiles]);
  return over;
}

async function filesOf(entry: FileSystemEntry): Promise<LabFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: LabFile[] = [];
  for (;;) {
    // A directory is read in parts of a hundred.
    const part = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (part.length === 0) return found;
    for (const each of part) found.push(...(await filesOf(each)));
  }
}
