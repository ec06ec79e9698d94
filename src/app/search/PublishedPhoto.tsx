import type { Item } from "../engine";
import { useTexts } from "../texts/texts";

interface Props {
  item: Item;
  /** The gallery's address. */
  gallery: string;
  /** Its name is not shown elsewhere. */
  named: boolean;
}

/** What a published gallery says of a photo: its title, when and with what it was taken, and where its own file is. */
export function PublishedPhoto({ item: { id, title, details, original }, gallery, named }: Props) {
  const { photo, minute } = useTexts();
  if (!title && !details && !original) return null;
  return (
    <section aria-label={photo.photo} className="published-photo">
      {named && title && (
        <h2>
          <bdi>{title}</bdi>
        </h2>
      )}
      {details && (
        <p className="muted">
          {[details.taken && minute(details.taken), details.camera, `${details.width} × ${details.height}`]
            .filter((part) => part !== undefined)
            .join(" · ")}
        </p>
      )}
      {original && (
        // The reader has checked that it is a file of the gallery or an http(s) address.
        <a
          className="button"
          href={new URL(original, gallery).href}
          target="_blank"
          rel="noreferrer"
          download={id.slice(id.lastIndexOf("/") + 1)}
        >
          {photo.original}
        </a>
      )}
    </section>
  );
}
