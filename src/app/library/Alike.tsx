import type { Engine } from "../engine";
import { Thumbnail } from "../search/Thumbnail";
import type { Shown } from "../search/use-search";

interface Props {
  engine: Engine;
  alike: Shown[];
  onApart: () => void;
}

/** Photos that are nearly the same as the one that stands for them. */
export function Alike({ engine, alike, onApart }: Props) {
  return (
    <section aria-label="Nearly the same">
      <h2>
        {alike.length} nearly the same {alike.length === 1 ? "photo" : "photos"}
      </h2>
      <ul className="alike">
        {alike.map(({ row, item }) => (
          <li key={row}>
            <Thumbnail engine={engine} row={row} item={item} />
            <bdi>{item.id}</bdi>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={onApart}>
        Show them apart
      </button>
    </section>
  );
}
