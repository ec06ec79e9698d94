import { lazy, type RefObject, Suspense, useCallback, useEffect, useMemo } from "react";
import type { Engine, PhotoFilter } from "../engine";
import { NEAREST, useNothing } from "../search/Matches";
import { listed, type Photos } from "../search/photos";
import type { Search, Shown } from "../search/use-search";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import { useKept } from "./use-kept";
import { useMap } from "./use-map";

const MapView = lazy(async () => ({ default: (await import("./MapView")).MapView }));

interface Props {
  engine: Engine;
  search: Search;
  /** Those of the answer; none while nothing is asked. */
  shown: Shown[];
  /** How many of them match; undefined where that is not known. */
  matches: number | undefined;
  filter: PhotoFilter;
  field: RefObject<HTMLInputElement | null>;
  /** Opens the photo of a place, of the answer or of other photos. */
  onOpen: (place: number, of?: Photos) => void;
}

/** Photos of an answer that are lit at the most. */
const MOST_LIT = 192;

/** The gallery as a map in which the answer's photos are lit: those that match most, where that is known, and the nearest few; while nothing is asked, those that the filter keeps. */
export function AnswerMap({ engine, search, shown, matches, filter, field, onOpen }: Props) {
  const { grid, map: texts } = useTexts();
  const { map, problem, retry } = useMap(engine);
  const nothing = useNothing(shown);
  const kept = useKept(engine, filter);
  const { browsing, more } = search;
  const answer = useMemo(() => {
    if (browsing) return kept && { rows: kept, matches: 0, ranked: false };
    const lit = nothing ? 0 : Math.max(matches ?? shown.length, NEAREST);
    return { rows: shown.slice(0, lit).map(({ row }) => row), matches: matches ?? shown.length, ranked: true };
  }, [browsing, kept, shown, matches, nothing]);

  // As many as match, however many the grid would show.
  useEffect(() => {
    if (matches === shown.length && shown.length > 0 && shown.length < MOST_LIT) more?.();
  }, [matches, shown, more]);

  const open = useCallback(
    async (row: number, around: number[]) => {
      const place = shown.findIndex((photo) => photo.row === row);
      if (place >= 0) {
        onOpen(place);
        return;
      }
      const rows = [row, ...around];
      const items = await engine.items(rows);
      onOpen(0, listed(rows.map((one, i) => ({ row: one, item: items[i]! }))));
    },
    [engine, shown, onOpen],
  );

  return (
    <>
      <div role="status" className="nothing">
        {nothing && <p>{grid.nothing}</p>}
      </div>
      {problem && <Problem problem={problem} onRetry={retry} />}
      {!problem && (
        <Suspense fallback={<p className="map">{texts.loading}</p>}>
          {map ? <MapView engine={engine} map={map} answer={answer} field={field} onOpen={open} /> : <p className="map">{texts.loading}</p>}
        </Suspense>
      )}
    </>
  );
}
