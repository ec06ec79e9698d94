import { proxy } from "comlink";
import { useCallback, useEffect, useRef, useState } from "react";
import type { IndexWorker } from "../../../workers/index";
import { type PlainError, toPlain } from "../../files/errors";
import type { Imported, ImportProgress } from "../../importer/importer";
import type { Door } from "../../page/door";
import { packsUrl } from "../address";
import type { DeviceChoice } from "../engine";
import { indexDoor } from "./index-worker";
import type { Chosen } from "./origin";

/** An import into one gallery, running or over. */
export interface Import {
  gallery: { id: string; name: string };
  origin: Chosen;
  running: boolean;
  paused: boolean;
  progress?: ImportProgress;
  /** The last photo that was read. */
  current?: ImportProgress["current"];
  /** Grows with every batch of any import: another number says that more was written. */
  written: number;
  result?: Imported;
  problem?: PlainError;
}

export interface Importing {
  now: Import | undefined;
  /** Begins an import unless one is running. */
  start: (gallery: { id: string; name: string }, origin: Chosen, forget?: boolean) => void;
  pause: () => void;
  resume: () => void;
  cancel: () => void;
  /** Puts the report of an import that is over away. */
  dismiss: () => void;
}

/** Files that are handed over to the worker in one piece: few enough that the page stays at hand. */
const FILES_AT_ONCE = 40;

/** The page's one door to the index worker, which lives as long as an import. */
export function useImport(device: DeviceChoice): Importing {
  const [now, setNow] = useState<Import>();
  const running = useRef<Door<IndexWorker>>(undefined);
  const batches = useRef(0);

  const close = useCallback(() => {
    running.current?.close();
    running.current = undefined;
  }, []);
  useEffect(() => close, [close]);

  const start = useCallback<Importing["start"]>(
    (gallery, origin, forget = false) => {
      if (running.current) return;
      const door = indexDoor();
      running.current = door;
      setNow({ gallery, origin, running: true, paused: false, written: batches.current });
      const update = (change: Partial<Import>) => {
        if (running.current === door) setNow((before) => before && { ...before, ...change });
      };
      const onProgress = ({ current, ...progress }: ImportProgress) => {
        if (progress.written) batches.current++;
        update({ progress, ...(current ? { current } : {}), written: batches.current });
      };
      const from = origin.kind === "files" ? { kind: origin.kind, complete: origin.complete } : origin;
      const files = origin.kind === "files" ? origin.files : [];
      const some = async (from: number) => files.slice(from, from + FILES_AT_ONCE);
      door
        .call((worker) =>
          worker.run({ gallery: gallery.id, origin: from, packs: packsUrl(), device, forget }, proxy(onProgress), proxy(some)),
        )
        .then(
          (result) => {
            // A folder in which nothing has changed leaves the gallery, and its answers, as they are.
            if (result.encoded + result.recognised + result.removed > 0) batches.current++;
            update({ running: false, result, written: batches.current });
          },
          (error) => update({ running: false, problem: toPlain(error), written: ++batches.current }),
        )
        .finally(close);
    },
    [device, close],
  );

  const pause = useCallback(() => {
    running.current?.call((worker) => worker.pause());
    setNow((before) => before && { ...before, paused: true });
  }, []);
  const resume = useCallback(() => {
    running.current?.call((worker) => worker.resume());
    setNow((before) => before && { ...before, paused: false });
  }, []);
  const cancel = useCallback(() => {
    running.current?.call((worker) => worker.cancel());
  }, []);
  const dismiss = useCallback(() => setNow((before) => (before?.running ? before : undefined)), []);
  return { now, start, pause, resume, cancel, dismiss };
}
