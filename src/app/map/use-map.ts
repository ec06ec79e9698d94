import { useCallback, useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { Engine, GalleryMap } from "../engine";

/** The open gallery's map, as soon as it has been read; `retry` reads it again. */
export function useMap(engine: Engine): { map: GalleryMap | undefined; problem: PlainError | undefined; retry: () => void } {
  const [map, setMap] = useState<GalleryMap>();
  const [problem, setProblem] = useState<PlainError>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what `attempt` is for.
  useEffect(() => {
    let over = false;
    setProblem(undefined);
    engine.map().then(
      (read) => !over && setMap(read),
      (error) => !over && setProblem(toPlain(error)),
    );
    return () => {
      over = true;
    };
  }, [engine, attempt]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { map, problem, retry };
}
