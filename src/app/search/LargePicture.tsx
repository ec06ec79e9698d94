import { useEffect, useState } from "react";
import type { Engine, Item } from "../engine";
import { Thumbnail } from "./Thumbnail";

interface Props {
  engine: Engine;
  row: number;
  item: Item;
}

/** A photo as large as the gallery has it; its thumbnail until that has arrived, and where there is nothing larger. */
export function LargePicture({ engine, row, item }: Props) {
  const [url, setUrl] = useState<string>();
  const { large } = item;

  useEffect(() => {
    if (!large) return;
    let over = false;
    let made: string | undefined;
    engine.largePicture(row).then(
      (picture) => {
        if (over || !picture) return;
        made = URL.createObjectURL(picture);
        setUrl(made);
      },
      // The thumbnail stays.
      () => undefined,
    );
    return () => {
      over = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [engine, row, large]);

  if (!large || !url) return <Thumbnail engine={engine} row={row} item={item} />;
  return (
    <span className="thumbnail" style={{ backgroundColor: item.color }}>
      <img
        src={url}
        alt={item.captions?.[0] ?? item.title ?? item.id}
        width={large.width}
        height={large.height}
        draggable={false}
        onError={() => setUrl(undefined)}
      />
    </span>
  );
}
