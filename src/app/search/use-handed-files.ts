import { useEffect, useState } from "react";

interface Handlers {
  /** One picture: a query. */
  onPicture: (file: Blob) => void;
  /** A folder, or several files. Called in the drop's own event. */
  onMany: (data: DataTransfer) => void;
}

/** Takes what is dropped anywhere on the page, and pictures that are pasted; true while something is held over the page. */
export function useHandedFiles({ onPicture, onMany }: Handlers): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const hold = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      const data = event.dataTransfer!;
      const single = data.items.length === 1 && !data.items[0]!.webkitGetAsEntry()?.isDirectory;
      if (!single) onMany(data);
      else if (data.files[0]) onPicture(data.files[0]);
    };
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!file) return;
      event.preventDefault();
      onPicture(file);
    };
    addEventListener("dragover", hold);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("dragover", hold);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
      removeEventListener("paste", paste);
    };
  }, [onPicture, onMany]);
  return over;
}
