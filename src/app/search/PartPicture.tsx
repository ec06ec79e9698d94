import { useEffect, useState } from "react";
import type { Engine } from "../engine";
import { PictureIcon } from "../shell/icons";
import type { PhotoChip } from "./use-query";

interface Props {
  engine: Engine;
  /** Changes when the gallery's photos do. */
  gallery: unknown;
  part: PhotoChip;
}

/** The small picture of a photo in the query; a sign for one where there is none to be shown. */
export function PartPicture({ engine, gallery, part }: Props) {
  const [url, setUrl] = useState<string>();
  const shown = "photo" in part ? part.photo : part.picture;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a photo of this id may come or go with the gallery's others.
  useEffect(() => {
    if (typeof shown !== "string") {
      const made = URL.createObjectURL(shown);
      setUrl(made);
      return () => URL.revokeObjectURL(made);
    }
    let over = false;
    const find = async () => {
      const [row] = await engine.rowsOf([shown]);
      return row === undefined ? undefined : engine.pictureUrl(row);
    };
    find().then(
      (found) => !over && setUrl(found),
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [engine, gallery, shown]);

  if (!url) return <PictureIcon />;
  return <img src={url} alt="" width="32" height="32" onError={() => setUrl(undefined)} />;
}
