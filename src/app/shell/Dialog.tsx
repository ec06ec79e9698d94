import { type ReactNode, useEffect, useRef } from "react";
import { useTexts } from "../texts/texts";
import { CloseIcon } from "./icons";

/** A dialog over the page for as long as it is there, with its title and a way out; Escape is another. */
export function Dialog({ title, kind, onClose, children }: { title: string; kind: string; onClose: () => void; children: ReactNode }) {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog ref={dialog} className={kind} aria-label={title} onClose={onClose}>
      <header>
        <h1>{title}</h1>
        <button type="button" className="icon-button" aria-label={texts.shell.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      {children}
    </dialog>
  );
}
