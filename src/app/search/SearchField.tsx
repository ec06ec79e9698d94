import { type RefObject, useEffect, useRef } from "react";
import { ClockIcon, CloseIcon, PictureIcon, SearchIcon, StarIcon } from "../shell/icons";
import { useTexts } from "../texts/texts";
import { VoiceButton } from "./VoiceButton";

interface Props {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  /** The query has parts that do not stand in the field. */
  photos: boolean;
  onChange: (value: string) => void;
  /** Takes the whole query away. */
  onClear: () => void;
  /** Leads back to the last part that does not stand in the field. */
  onBack: () => void;
  onPicture: (file: Blob) => void;
  /** What a picture of one's own is good for here. */
  pictureFinds: string;
  /** Whether the search is saved. */
  saved: boolean;
  /** Saves it, or lets it go. */
  onSave: () => void;
  /** Shows the searches that were asked before. */
  onSearches: () => void;
}

/** The search field; '/' leads to it from anywhere, Escape empties it and then the rest of the query, Backspace in an empty one leads to the photos. */
export function SearchField({
  field,
  value,
  photos,
  onChange,
  onClear,
  onBack,
  onPicture,
  pictureFinds,
  saved,
  onSave,
  onSearches,
}: Props) {
  const { field: texts } = useTexts();
  const file = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, dialog");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener("keydown", slash);
    return () => removeEventListener("keydown", slash);
  }, [field]);

  return (
    <search className="search">
      <SearchIcon />
      <input
        ref={field}
        type="search"
        aria-label={texts.label}
        placeholder={photos ? texts.but : texts.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        // biome-ignore lint/a11y/noAutofocus: searching is what the page is for.
        autoFocus
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && (value !== "" || photos)) {
            event.preventDefault();
            if (value !== "") onChange("");
            else onClear();
          }
          if (event.key === "Backspace" && value === "" && photos) {
            event.preventDefault();
            onBack();
          }
          // On a phone, Enter puts the keyboard away.
          if (event.key === "Enter" && matchMedia("(pointer: coarse)").matches) event.currentTarget.blur();
        }}
      />
      {value !== "" || photos ? (
        <>
          <button type="button" className="icon-button" aria-label={texts.clear} onClick={onClear}>
            <CloseIcon />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={texts.save}
            title={saved ? texts.saved : texts.save}
            aria-pressed={saved}
            onClick={onSave}
          >
            <StarIcon filled={saved} />
          </button>
        </>
      ) : (
        <button type="button" className="icon-button" aria-label={texts.searches} title={texts.searchesTitle} onClick={onSearches}>
          <ClockIcon />
        </button>
      )}
      <VoiceButton onHeard={onChange} />
      <button type="button" className="icon-button" aria-label={pictureFinds} title={pictureFinds} onClick={() => file.current?.click()}>
        <PictureIcon />
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) onPicture(chosen);
        }}
      />
    </search>
  );
}
