import { useState } from "react";
import { fileUrl } from "../address";
import type { Item } from "../engine";

interface Props {
  gallery: string;
  item: Item;
}

/** A photo's thumbnail over its mean colour; its first caption is its text. A missing file leaves the colour and the text. */
export function Thumbnail({ gallery, item }: Props) {
  const [missing, setMissing] = useState(false);
  const text = item.captions?.[0] ?? item.title ?? item.id;
  return (
    <span className="thumbnail" style={{ backgroundColor: item.color }}>
      {item.thumb && !missing ? (
        <img
          src={fileUrl(gallery, item.thumb)}
          alt={text}
          width={item.width}
          height={item.height}
          decoding="async"
          draggable={false}
          onError={() => setMissing(true)}
        />
      ) : (
        <span className="no-picture">{text}</span>
      )}
    </span>
  );
}
