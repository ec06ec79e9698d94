import { useEffect, useState } from "react";
import type { Engine, PhotoFilter } from "../engine";

/** The rows that a filter keeps; undefined while there is none, and until they are known. */
export function useKept(engine: Engine, filter: PhotoFilter): number[] | undefined {
  const [kept, setKept] = useState<{ by: PhotoFilter; rows: number[] | undefined }>();
  useEffect(() => {
    if (Object.keys(filter).length === 0) return;
    let over = false;
    engine.kept(filter).then(
      (rows) => !over && setKept({ by: filter, rows }),
      // The map is there all the same.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [engine, filter]);
  return kept?.by === filter ? kept.rows : undefined;
}
