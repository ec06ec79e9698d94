import { useEffect, useState } from "react";
import type { Engine } from "../engine";
import { useTexts } from "../texts/texts";
import { Thumbnail } from "./Thumbnail";
import type { Shown } from "./use-search";

interface Props {
  engine: Engine;
  photo: Shown;
  /** Shows them instead, from one of them on. */
  onOpen: (similar: Shown[], place: number) => void;
}

const HOW_MANY = 8;

/** A photo's like, by their vectors. */
export function Similar({ engine, photo: { row, item }, onOpen }: Props) {
  const { photo: texts } = useTexts();
  const [found, setFound] = useState<{ row: number; similar: Shown[] }>();

  useEffect(() => {
    let over = false;
    engine.similar(item.id, HOW_MANY).then(
      ({ rows, items }) => !over && setFound({ row, similar: rows.map((row, i) => ({ row, item: items[i]! })) }),
      // Nobody has asked for them, so nobody misses them.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [engine, row, item.id]);

  if (!found || found.similar.length === 0) return null;
  return (
    <section aria-label={texts.similar}>
      <h2>{texts.similar}</h2>
      {/* Those of the photo before stay until its own are known. */}
      <ul className="similar">
        {found.similar.map((similar, place) => (
          <li key={similar.row}>
            <button type="button" onClick={() => onOpen(found.similar, place)}>
              <Thumbnail engine={engine} row={similar.row} item={similar.item} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
