import type { Engine } from "../engine";
import { Thumbnail } from "../search/Thumbnail";
import type { Shown } from "../search/use-search";
import { useTexts } from "../texts/texts";

interface Props {
  engine: Engine;
  alike: Shown[];
  onApart: () => void;
}

/** Photos that are nearly the same as the one that stands for them. */
export function Alike({ engine, alike, onApart }: Props) {
  const { alike: texts } = useTexts();
  return (
    <section aria-label={texts.label}>
      <h2>{texts.count(alike.length)}</h2>
      <ul className="alike">
        {alike.map(({ row, item }) => (
          <li key={row}>
            <Thumbnail engine={engine} row={row} item={item} />
            <bdi>{item.id}</bdi>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={onApart}>
        {texts.apart}
      </button>
    </section>
  );
}
