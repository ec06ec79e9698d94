import { useEffect, useState } from "react";
import type { Item, LabEngine } from "./engine";

/** A photo of what is measured; its name where it has no picture. */
export function LabPicture({ engine, row, item }: { engine: LabEngine; row: number; item: Item }) {
  const [url, setUrl] = useState<string | null>();
  useEffect(() => {
    let over = false;
    setUrl(undefined);
    engine.pictureUrl(row).then(
      (found) => !over && setUrl(found ?? null),
      () => !over && setUrl(null),
    );
    return () => {
      over = true;
    };
  }, [engine, row]);
  return (
    <span className="thumbnail" style={{ backgroundColor: item.color }}>
      {url === null ? (
        <span className="no-picture">{item.title ?? item.id}</span>
      ) : (
        <img src={url} alt={item.captions?.[0] ?? item.title ?? item.id} decoding="async" onError={() => setUrl(null)} />
      )}
    </span>
  );
}
