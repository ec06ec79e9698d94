import { proxy } from "comlink";
import { useCallback, useEffect, useRef, useState } from "react";
import type { PacksWorker } from "../../../workers/packs";
import { type PublicPack, publicPacks } from "../../encoders/registry/registry";
import { type PlainError, toPlain } from "../../files/errors";
import { Door } from "../../page/door";

/** A public model on the page. */
export interface Model extends PublicPack {
  /** In this browser; on its way in; begun and broken off; not here. */
  state: "here" | "arriving" | "begun" | "away";
  /** Bytes, while it arrives. */
  loaded?: number;
  total?: number;
  problem?: PlainError;
}

export interface Models {
  models: Model[];
  /** This device computes with halves on WebGPU: the form to take; undefined until that is known. */
  halves: boolean | undefined;
  problem: PlainError | undefined;
  /** Finds out what is here and what suits the device. */
  look: () => void;
  add: (id: string) => void;
  cancel: (id: string) => void;
  remove: (id: string) => Promise<void>;
}

const packsDoor = (): Door<PacksWorker> =>
  new Door(() => new Worker(new URL("../../../workers/packs.ts", import.meta.url), { type: "module", name: "packs" }));

type Arriving = Pick<Model, "loaded" | "total" | "problem"> & { running: boolean };

/** The public models: which are here, and bringing others in. A download lives as long as the page, whether or not anybody looks on. */
export function useModels(hub: string): Models {
  const [kept, setKept] = useState<{ kept: string[]; begun: string[] }>({ kept: [], begun: [] });
  const [arriving, setArriving] = useState<Record<string, Arriving>>({});
  const [halves, setHalves] = useState<boolean>();
  const [problem, setProblem] = useState<PlainError>();
  const doors = useRef(new Map<string, Door<PacksWorker>>());

  const once = useCallback(async <T>(work: Parameters<Door<PacksWorker>["call"]>[0]) => {
    const door = packsDoor();
    try {
      return (await door.call(work)) as T;
    } finally {
      door.close();
    }
  }, []);
  const reload = useCallback(async () => {
    try {
      setKept(await once((worker) => worker.list()));
    } catch (error) {
      setProblem(toPlain(error));
    }
  }, [once]);
  const look = useCallback(() => {
    reload();
    once<boolean>((worker) => worker.halves()).then(setHalves, () => setHalves(false));
  }, [once, reload]);
  useEffect(() => {
    const open = doors.current;
    return () => {
      for (const door of open.values()) door.close();
    };
  }, []);

  const add = useCallback<Models["add"]>(
    async (id) => {
      if (doors.current.has(id)) return;
      const door = packsDoor();
      doors.current.set(id, door);
      const update = (change: Partial<Arriving>) =>
        setArriving((before) => ({ ...before, [id]: { running: true, ...before[id], ...change } }));
      setArriving((before) => ({ ...before, [id]: { running: true } }));
      try {
        await door.call((worker) =>
          worker.add(
            id,
            hub,
            proxy((loaded, total) => update({ loaded, total })),
          ),
        );
        update({ running: false });
      } catch (error) {
        // A download that the visitor ended is no problem.
        const ended = !doors.current.has(id);
        update({ running: false, ...(ended ? {} : { problem: toPlain(error) }) });
      }
      door.close();
      doors.current.delete(id);
      await reload();
    },
    [hub, reload],
  );
  const cancel = useCallback<Models["cancel"]>((id) => {
    const door = doors.current.get(id);
    doors.current.delete(id);
    door?.call((worker) => worker.cancel());
  }, []);
  const remove = useCallback<Models["remove"]>(
    async (id) => {
      setArriving(({ [id]: _, ...others }) => others);
      try {
        await once((worker) => worker.remove(id));
      } catch (error) {
        setProblem(toPlain(error));
      }
      await reload();
    },
    [once, reload],
  );

  const models = publicPacks().map((pack): Model => {
    const { running, ...progress } = arriving[pack.id] ?? { running: false };
    const state = running ? "arriving" : kept.kept.includes(pack.id) ? "here" : kept.begun.includes(pack.id) ? "begun" : "away";
    return { ...pack, ...progress, state };
  });
  return { models, halves, problem, look, add, cancel, remove };
}
