import { Dialog } from "../../shell/Dialog";
import { DeleteIcon, StarIcon } from "../../shell/icons";
import type { Searches } from "./use-searches";

interface Props {
  searches: Searches;
  onChoose: (query: string) => void;
  onClose: () => void;
}

/** The searches of the gallery that are saved, and those that were asked lately. */
export function SearchesDialog({ searches, onChoose, onClose }: Props) {
  const { recent, saved } = searches;
  return (
    <Dialog title="Searches" kind="library searches" onClose={onClose}>
      {saved.length > 0 && <List title="Saved" queries={saved} saved searches={searches} onChoose={onChoose} />}
      {recent.length > 0 && <List title="Recent" queries={recent} saved={false} searches={searches} onChoose={onChoose} />}
      {recent.length > 0 && (
        <button type="button" className="button" onClick={searches.forgetRecent}>
          Forget the recent ones
        </button>
      )}
      <p className="muted">
        {saved.length + recent.length === 0 && "What you search for in this gallery is listed here, and a star beside a search saves it. "}
        Searches are kept in this browser only.
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
              aria-label={`Save “${query}”`}
              onClick={() => searches.toggle(query)}
            >
              <StarIcon filled={saved} />
            </button>
            <button type="button" className="icon-button" aria-label={`Forget “${query}”`} onClick={() => searches.forget(query)}>
              <DeleteIcon />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
