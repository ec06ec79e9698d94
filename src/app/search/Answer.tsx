import { type RefObject, useMemo } from "react";
import type { View } from "../address";
import type { PhotoFilter } from "../engine";
import { Filters } from "../library/Filters";
import { SelectionBar, SelectPhotos } from "../library/SelectionBar";
import type { OwnPhotos } from "../library/use-own-photos";
import type { Selection } from "../library/use-selection";
import { AnswerMap } from "../map/AnswerMap";
import { MapMaking } from "../map/MapMaking";
import { ViewChoice } from "../map/ViewChoice";
import { Problem } from "../shell/Problem";
import type { Loading } from "../use-gallery";
import { TileSizes, useTileSize } from "./grid/tile-size";
import { Line, matchesOf, NEAREST, NothingMatches } from "./Matches";
import { listed, type Photos } from "./photos";
import { Results } from "./Results";
import { Spent } from "./Spent";
import type { Browse } from "./use-browse";
import type { Rerank } from "./use-rerank";
import type { Search, Shown } from "./use-search";

interface Props {
  loading: Loading;
  search: Search;
  browse: Browse;
  rerank: Rerank;
  reranks: boolean;
  onRerank: (on: boolean) => void;
  /** Those of the answer. */
  shown: Shown[];
  /** Those of the answer or, while nothing is asked, of the gallery. */
  photos: Photos;
  /** Changes when something else is asked. */
  asked: object;
  filter: PhotoFilter;
  onFilter: (filter: PhotoFilter) => void;
  own: OwnPhotos;
  selection: Selection;
  field: RefObject<HTMLInputElement | null>;
  /** Is told for how many photos the window has room. */
  room: RefObject<number>;
  view: View;
  onView: (view: View) => void;
  /** Opens the photo of a place, of these photos or of others. */
  onOpen: (place: number, of?: Photos) => void;
}

const NONE: Shown[] = [];

/** The photos that were found, or the gallery's, with what they are filtered by, what it took and what went wrong. */
export function Answer(props: Props) {
  const {
    loading,
    search,
    browse,
    rerank,
    reranks,
    onRerank,
    shown,
    photos,
    asked,
    filter,
    onFilter,
    own,
    selection,
    field,
    room,
    ...rest
  } = props;
  const { view, onView, onOpen } = rest;
  const { engine, gallery } = loading;
  const { browsing } = search;
  const onMap = view === "map" && gallery?.map !== undefined;
  const found = browsing ? NONE : shown;
  const nearest = useMemo(() => listed(shown.slice(0, NEAREST)), [shown]);
  const matches = browsing ? undefined : matchesOf(shown);
  const sections = useMemo(() => (matches === undefined ? undefined : [{ first: matches, heading: <Line /> }]), [matches]);
  const [size, setSize] = useTileSize();
  return (
    <>
      <Filters engine={engine} gallery={gallery} filter={filter} onChange={onFilter} />
      <div className="above-grid">
        <Spent search={search} count={photos.count} ordered={!onMap} gallery={gallery} rerank={rerank} on={reranks} onRerank={onRerank} />
        <div className="choices">
          {photos.count > 0 && !onMap && <TileSizes size={size} onSize={setSize} />}
          {gallery?.map && <ViewChoice view={view} onView={onView} />}
        </div>
      </div>
      {search.problem && <Problem problem={search.problem} onRetry={search.retry} />}
      {browsing && browse.problem && <Problem problem={browse.problem} />}
      {search.found && rerank.problem && <Problem problem={rerank.problem} />}
      {own.open && photos.count > 0 && <SelectPhotos selection={selection} />}
      {onMap && gallery.map === "to make" && (
        <MapMaking gallery={gallery} waits={own.importing.now?.running ?? false} onMade={loading.refresh} />
      )}
      {onMap && gallery.map === "there" && (
        <AnswerMap
          key={gallery.count}
          engine={engine}
          search={search}
          shown={found}
          matches={matches}
          filter={filter}
          field={field}
          onOpen={onOpen}
        />
      )}
      {/* What is going to be a map is no grid first. */}
      {!onMap && (view === "grid" || gallery) && (
        <NothingMatches shown={found}>
          {(few) => (
            <Results
              engine={engine}
              photos={few ? nearest : photos}
              asked={asked}
              {...(sections ? { sections } : {})}
              size={size}
              order={rerank.order}
              field={field}
              room={room}
              selection={own.open && selection}
              onOpen={onOpen}
            />
          )}
        </NothingMatches>
      )}
      {own.open && <SelectionBar selection={selection} gallery={own.open.name} shown={photos.count} original={own.original} />}
    </>
  );
}
