import { type RefObject, useCallback, useState } from "react";
import { flushSync } from "react-dom";
import { takePhotos } from "../../retrieval/parts";
import type { QueryState, Steering } from "./use-query";

export interface Asking {
  /** A picture of the visitor's own whose captions are looked for. */
  picture: Blob | undefined;
  dismiss: () => void;
  /** Asks for words alone. */
  ask: (words: string) => void;
  /** Asks what an address would. */
  askAgain: (written: string) => void;
  /** Words as they are typed. */
  write: (words: string) => void;
  clear: () => void;
  /** A picture of the visitor's own finds captions where there are any, else photos like it. */
  takePicture: (file: Blob) => void;
  steerBy: (id: string, how: Steering) => void;
  toLastPhoto: () => void;
}

/** What changes the query, from wherever it comes: whatever lies over the photos goes, and the field has the focus. */
export function useAsking(
  { replace, type, steer, photos }: QueryState,
  { field, finds, onAsk }: { field: RefObject<HTMLInputElement | null>; finds: "captions" | "photos"; onAsk: () => void },
): Asking {
  const [picture, setPicture] = useState<Blob>();
  const dismiss = useCallback(() => setPicture(undefined), []);
  const ask = useCallback(
    (words: string) => {
      dismiss();
      onAsk();
      replace(words);
      field.current?.focus();
    },
    [replace, dismiss, onAsk, field],
  );
  const askAgain = useCallback(
    (written: string) => {
      const { photos, rest } = takePhotos(written);
      dismiss();
      onAsk();
      replace(rest, photos);
      field.current?.focus();
    },
    [replace, dismiss, onAsk, field],
  );
  const write = useCallback(
    (words: string) => {
      dismiss();
      type(words);
    },
    [type, dismiss],
  );
  const clear = useCallback(() => ask(""), [ask]);
  const takePicture = useCallback(
    (file: Blob) => {
      replace("", finds === "captions" ? [] : [{ picture: file, weight: 1 }]);
      if (finds === "captions") setPicture(file);
    },
    [finds, replace],
  );
  const steerBy = useCallback(
    (id: string, how: Steering) => {
      // The photo gives the focus back as it closes.
      flushSync(onAsk);
      steer(id, how);
      if (how === "but") field.current?.focus();
    },
    [steer, onAsk, field],
  );
  const toLastPhoto = useCallback(() => document.querySelectorAll<HTMLElement>("button.part")[photos.length - 1]?.focus(), [photos]);
  return { picture, dismiss, ask, askAgain, write, clear, takePicture, steerBy, toLastPhoto };
}
