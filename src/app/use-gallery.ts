import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type PlainError, toPlain } from "../files/errors";
import { packsUrl } from "./address";
import { type DeviceChoice, type EncoderInfo, Engine, type GalleryInfo, type Progress } from "./engine";

/**
 * A gallery on its way: "loading" until every photo can be found; "refining" until they are found by all bits of their vectors; "keeping" while
 * its pictures are kept; "ready" when nothing is left.
 */
export interface Loading {
  engine: Engine;
  gallery?: GalleryInfo;
  encoders?: EncoderInfo;
  stage: "loading" | "refining" | "keeping" | "ready";
  progress: Partial<Record<Progress["stage"], Progress>>;
  problem?: PlainError;
  retry: () => void;
  /** Shows a personal gallery as it is now; `last` once nothing is being written to it any more. */
  refresh: (last?: boolean) => Promise<void>;
}

/** Opens a gallery and then loads its encoders; `retry` begins anew with a new worker. */
export function useGallery(url: string, device: DeviceChoice, scan: DeviceChoice): Loading {
  const engine = useRef<Engine>(null);
  engine.current ??= new Engine();
  const [attempt, setAttempt] = useState(0);
  const refreshing = useRef<Loading["refresh"]>(undefined);
  const [state, setState] = useState<Omit<Loading, "engine" | "retry" | "refresh">>({ stage: "loading", progress: {} });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what `attempt` is for.
  useEffect(() => {
    const current = engine.current!;
    let over = false;
    const update = (change: Partial<Loading>) => {
      if (!over) setState((before) => ({ ...before, ...change }));
    };
    const onProgress = (step: Progress) => {
      if (!over) setState((before) => ({ ...before, progress: { ...before.progress, [step.stage]: step } }));
    };
    setState({ stage: "loading", progress: {} });
    window.dotlight = { textVector: (words) => current.textVector(words) };
    let encoded = false;
    const load = () => {
      const encoders = current.loadEncoders(packsUrl(), { device, scan }, onProgress);
      // Whoever waits for them hears it.
      encoders.catch(() => undefined);
      return encoders;
    };
    const encode = async (loading: Promise<EncoderInfo>, own: boolean) => {
      const encoders = await loading;
      // At once, so that what has been typed is asked for without waiting for what else the page has to do.
      flushSync(() => update({ encoders, ...(own ? { stage: "keeping" } : {}) }));
      const whole = await current.begun();
      // At once, so that what has been typed is asked for before the rest of the vectors is.
      if (!whole) flushSync(() => update({ stage: "refining" }));
      await current.arrived();
      encoded = true;
    };
    const opened = (async () => {
      try {
        const opening = current.openGallery(url);
        // Side by side: neither takes long, but one after the other they take the sum.
        const loading = load();
        const gallery = await opening;
        update({ gallery });
        if (gallery.count > 0) {
          await encode(loading, gallery.own !== undefined);
          update({ stage: "keeping" });
          // The pictures of one's own are in this browser already.
          if (gallery.own) await current.keepOwn();
          else await current.keepPictures((loaded, total) => onProgress({ stage: "pictures", loaded, total }));
        }
        update({ stage: "ready" });
      } catch (error) {
        update({ problem: toPlain(error) });
      }
    })();
    let turn: Promise<void> = opened;
    refreshing.current = (last = false) => {
      turn = turn.then(async () => {
        if (over) return;
        try {
          const gallery = await current.refresh(url);
          // What was wrong with it may be no longer: photos that another pack had encoded are encoded again.
          if (!over) setState(({ problem: _, ...before }) => ({ ...before, gallery }));
          if (gallery.count > 0 && !encoded) {
            await encode(load(), true);
            update({ stage: "ready" });
          }
          if (last && !over) await current.keepOwn();
        } catch (error) {
          update({ problem: toPlain(error) });
        }
      });
      return turn;
    };
    return () => {
      over = true;
      current.close();
    };
  }, [url, device, scan, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const refresh = useCallback<Loading["refresh"]>(async (last) => refreshing.current?.(last), []);
  return { engine: engine.current, ...state, retry, refresh };
}
