import { proxy } from "comlink";
import { useEffect, useState } from "react";
import type { MapWorker } from "../../../workers/map";
import { type PlainError, toPlain } from "../../files/errors";
import { Door } from "../../page/door";
import type { GalleryInfo } from "../engine";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";

interface Props {
  /** One of the visitor's own. */
  gallery: GalleryInfo;
  /** Photos are still being brought in. */
  waits: boolean;
  onMade: () => void;
}

/** Makes the map of a gallery's photos in a worker, as soon as it is looked for; it can be called off. */
export function MapMaking({ gallery: { own, count, revision }, waits, onMade }: Props) {
  const { map } = useTexts();
  const [{ done, total }, setProgress] = useState({ done: 0, total: count });
  const [stopped, setStopped] = useState(false);
  const [problem, setProblem] = useState<PlainError>();
  const id = own!.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: of other photos another map is made.
  useEffect(() => {
    if (waits || stopped || problem) return;
    let over = false;
    const door = new Door<MapWorker>(
      () => new Worker(new URL("../../../workers/map.ts", import.meta.url), { type: "module", name: "map" }),
    );
    door
      .call((worker) =>
        worker.make(
          id,
          proxy((done: number, total: number) => !over && setProgress({ done, total })),
        ),
      )
      .then(
        () => !over && onMade(),
        (error) => !over && setProblem(toPlain(error)),
      );
    return () => {
      over = true;
      door.close();
    };
  }, [id, count, revision, waits, stopped, problem]);

  if (problem) return <Problem problem={problem} onRetry={() => setProblem(undefined)} />;
  return (
    <div className="map map-making">
      <p role="status">{waits ? map.waits : stopped ? map.stopped : map.making(total)}</p>
      {!waits && !stopped && <progress aria-label={map.making(total)} max={total} value={done} />}
      {!waits && (
        <button type="button" className="button" onClick={() => setStopped(!stopped)}>
          {stopped ? map.make : map.stop}
        </button>
      )}
    </div>
  );
}
