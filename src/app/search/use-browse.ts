import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { GalleryInfo, PhotoFilter } from "../engine";
import type { Loading } from "../use-gallery";
import { Browsing } from "./browsing";
import { listed, type Photos } from "./photos";

const NOTHING = listed([]);

export interface Browse {
  photos: Photos;
  problem: PlainError | undefined;
}

/** Which gallery it is, whatever photos it has now. */
const keyOf = ({ own, name }: GalleryInfo) => own?.id ?? name;

/** The gallery's photos in its order, those that the filter keeps. */
export function useBrowse({ engine, gallery }: Loading, filter: PhotoFilter): Browse {
  const [state, setState] = useState<{ of: string; photos: Photos }>({ of: "", photos: NOTHING });
  const [problem, setProblem] = useState<PlainError>();

  useEffect(() => {
    if (!gallery) return;
    const of = keyOf(gallery);
    setProblem(undefined);
    if (gallery.count === 0) {
      setState({ of, photos: NOTHING });
      return;
    }
    const browsing = new Browsing((from, to) => engine.browse(filter, from, to), {
      change: (photos) => setState({ of, photos }),
      problem: (error) => setProblem(toPlain(error)),
    });
    return () => browsing.end();
  }, [engine, gallery, filter]);

  // While a gallery is being opened again, what was shown of it before has no pictures behind it: asked for now, they would count as missing.
  return { photos: gallery && state.of === keyOf(gallery) ? state.photos : NOTHING, problem };
}
