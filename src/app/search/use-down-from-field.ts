import { type RefObject, useEffect } from "react";

/** The arrow down in the search field leads to what was found; `onDown` stays the same while what it does does. */
export function useDownFromField(field: RefObject<HTMLInputElement | null>, onDown: () => void): void {
  useEffect(() => {
    const input = field.current;
    const down = (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown" || event.defaultPrevented) return;
      event.preventDefault();
      onDown();
    };
    input?.addEventListener("keydown", down);
    return () => input?.removeEventListener("keydown", down);
  }, [field, onDown]);
}
