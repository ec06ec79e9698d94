import { memo, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { Engine, Item } from "../engine";

/** What is going to be done in the next frame. */
let waiting: (() => void)[] = [];

/** Does something in the next frame, together with all else: pictures that come one by one are drawn in one go. */
function inFrame(work: () => void): void {
  waiting.push(work);
  if (waiting.length > 1) return;
  requestAnimationFrame(() => {
    const all = waiting;
    waiting = [];
    flushSync(() => {
      for (const one of all) one();
    });
  });
}

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
    const come = (found?: string) =>
      inFrame(() => {
        if (over) return;
        if (found) setUrl(found);
        else setMissing(true);
      });
    engine.pictureUrl(row).then(come, () => come());
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
