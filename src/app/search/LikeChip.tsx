import { useEffect, useState } from "react";
import type { Engine } from "../engine";
import { CloseIcon } from "../shell/icons";
import type { Like } from "./use-search";

interface Props {
  engine: Engine;
  like: Like;
  onClose: () => void;
}

/** Says that the query is a picture, and shows it. */
export function LikeChip({ engine, like, onClose }: Props) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if ("row" in like) {
      let over = false;
      engine.pictureUrl(like.row).then(
        (found) => !over && setUrl(found),
        () => undefined,
      );
      return () => {
        over = true;
      };
    }
    const made = URL.createObjectURL(like.picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [engine, like]);
  return (
    <p className="like">
      {url && <img src={url} alt="What is looked for" width="40" height="40" onError={() => setUrl(undefined)} />}
      <span>Pictures like this one{"picture" in like && <span className="muted"> (it stays in this tab)</span>}</span>
      <button type="button" className="icon-button" aria-label="Back to words" onClick={onClose}>
        <CloseIcon />
      </button>
    </p>
  );
}
