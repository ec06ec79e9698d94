import { proxy } from "comlink";
import { useCallback, useEffect, useRef, useState } from "react";
import { DotlightError, type PlainError, toPlain } from "../../files/errors";
import type { Imported, ImportProgress } from "../../importer/importer";
import type { Origin } from "../../importer/listing";
import { packsUrl } from "../address";
import type { DeviceChoice } from "../engine";
import { type StartedWorker, startIndexWorker } from "./index-worker";

/** An import into one gallery, running or over. */
export interface Import {
  gallery: { id: string; name: string };
  origin: Origin;
  running: boolean;
  paused: boolean;
  progress?: ImportProgress;
  /** The last photo that was read. */
  current?: { path: string; url: string };
  /** Counts the batches that were written. */
  written: number;
  result?: Imported;
  problem?: PlainError;
}

export interface Importing {
  now: Import | undefined;
  /** Begins an import unless one is running. */
  start: (gallery: { id: string; name: string }, origin: Origin, forget?: boolean) => void;
  pause: () => void;
  resume: () => void;
  cancel: () => void;
  /** Puts the report of an import that is over away. */
  dismiss: () => void;
}

/** The page's one door to the index worker, which lives as long as an import. */
export function useImport(device: DeviceChoice): Importing {
  const [now, setNow] = useState<Import>();
  const running = useRef<StartedWorker>(undefined);
  const picture = useRef<string>(undefined);

  const close = useCallback(() => {
    running.current?.worker.terminate();
    running.current = undefined;
    if (picture.current) URL.revokeObjectURL(picture.current);
    picture.current = undefined;
  }, []);
  useEffect(() => close, [close]);

  const start = useCallback<Importing["start"]>(
    (gallery, origin, forget = false) => {
      if (running.current) return;
      const { worker, remote } = startIndexWorker();
      running.current = { worker, remote };
      setNow({ gallery, origin, running: true, paused: false, written: 0 });
      const update = (change: (before: Import) => Partial<Import>) => {
        if (running.current?.worker === worker) setNow((before) => before && { ...before, ...change(before) });
      };
      const onProgress = ({ current, ...progress }: ImportProgress) => {
        if (current && running.current?.worker === worker) {
          if (picture.current) URL.revokeObjectURL(picture.current);
          picture.current = URL.createObjectURL(current.thumbnail);
        }
        const shown = current && { path: current.path, url: picture.current! };
        update(({ written }) => ({ progress, ...(shown ? { current: shown } : {}), written: written + (progress.written ? 1 : 0) }));
      };
      const broken = new Promise<never>((_, reject) => {
        worker.addEventListener("error", ({ message }) => reject(crashed(message)));
      });
      Promise.race([remote.run({ gallery: gallery.id, origin, packs: packsUrl(), device, forget }, proxy(onProgress)), broken])
        .then(
          (result) => update(({ written }) => ({ running: false, result, written: written + 1 })),
          (error) => update(({ written }) => ({ running: false, problem: toPlain(error), written: written + 1 })),
        )
        .finally(close);
    },
    [device, close],
  );

  const pause = useCallback(() => {
    running.current?.remote.pause();
    setNow((before) => before && { ...before, paused: true });
  }, []);
  const resume = useCallback(() => {
    running.current?.remote.resume();
    setNow((before) => before && { ...before, paused: false });
  }, []);
  const cancel = useCallback(() => {
    running.current?.remote.cancel();
  }, []);
  const dismiss = useCallback(() => setNow((before) => (before?.running ? before : undefined)), []);
  return { now, start, pause, resume, cancel, dismiss };
}

const crashed = (message: string | undefined) =>
  new DotlightError(
    "encoder",
    `The worker that reads photos has stopped${message ? `: ${message}` : ""}. What it had written is kept.`,
    "Go on with the import; it begins where it stopped.",
  );
