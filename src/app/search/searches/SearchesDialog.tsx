import { Dialog } from "../../shell/Dialog";
import { DeleteIcon, StarIcon } from "../../shell/icons";
import { useTexts } from "../../texts/texts";
import type { Searches } from "./use-searches";

interface Props {
  searches: Searches;
  onChoose: (query: string) => void;
  onClose: () => void;
}

/** The searches of the gallery that are saved, and those that were asked lately. */
export function SearchesDialog({ searches, onChoose, onClose }: Props) {
  const { field, searches: texts } = useTexts();
  const { recent, saved } = searches;
  return (
    <Dialog title={field.searches} kind="library searches" onClose={onClose}>
      {saved.length > 0 && <List title={texts.saved} queries={saved} saved searches={searches} onChoose={onChoose} />}
      {recent.length > 0 && <List title={texts.recent} queries={recent} saved={false} searches={searches} onChoose={onChoose} />}
      {recent.length > 0 && (
        <button type="button" className="button" onClick={searches.forgetRecent}>
          {texts.forgetRecent}
        </button>
      )}
      <p className="muted">
        {saved.length + recent.length === 0 && texts.teach}
        {texts.kept}
      </p>
    </Dialog>
  );
}

interface ListProps extends Omit<Props, "onClose"> {
  title: string;
  queries: string[];
  saved: boolean;
}

function List({ title, queries, saved, searches, onChoose }: ListProps) {
  const { searches: texts } = useTexts();
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="galleries">
        {queries.map((query) => (
          <li key={query}>
            <button type="button" className="gallery-open" onClick={() => onChoose(query)}>
              <bdi>{query}</bdi>
            </button>
            <button
              type="button"
              className="icon-button"
              aria-pressed={saved}
              aria-label={texts.save(query)}
              onClick={() => searches.toggle(query)}
            >
              <StarIcon filled={saved} />
            </button>
            <button type="button" className="icon-button" aria-label={texts.forget(query)} onClick={() => searches.forget(query)}>
              <DeleteIcon />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
