import { memo, useEffect, useState } from "react";
import type { Engine, Item } from "../engine";

interface Props {
  engine: Engine;
  row: number;
  item: Item;
}

/** A photo's thumbnail over its mean colour; its first caption is its text. A missing file leaves the colour and the text. */
export const Thumbnail = memo(function Thumbnail({ engine, row, item }: Props) {
  const [url, setUrl] = useState(() => engine.knownPictureUrl(row));
  const [missing, setMissing] = useState(!item.thumb);
  const text = item.captions?.[0] ?? item.title ?? item.id;

  useEffect(() => {
    if (url || missing) return;
    let over = false;
    engine.pictureUrl(row).then(
      (found) => !over && (found ? setUrl(found) : setMissing(true)),
      () => !over && setMissing(true),
    );
    return () => {
      over = true;
    };
  }, [engine, row, url, missing]);

  return (
    <span className="thumbnail" style={{ backgroundColor: item.color }}>
      {missing ? (
        <span className="no-picture">{text}</span>
      ) : (
        <img
          src={url}
          alt={text}
          width={item.thumb?.width}
          height={item.thumb?.height}
          decoding="async"
          draggable={false}
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
});
