import { type MouseEvent, memo } from "react";
import type { Engine } from "../engine";
import { Thumbnail } from "./Thumbnail";
import type { Shown } from "./use-search";

interface Props {
  engine: Engine;
  /** Undefined while nothing of it has been read. */
  photo: Shown | undefined;
  place: number;
  /** Photos in all. */
  count: number;
  /** It is in the tab order. */
  stop: boolean;
  /** Whether it is selected, where photos can be. */
  chosen: boolean | undefined;
  onPress: (place: number, event: MouseEvent) => void;
  onPick: (place: number, range: boolean) => void;
}

/** A photo's place, and the one that it had by the dot score. */
function Moved({ from, to }: { from: number; to: number }) {
  const up = from > to;
  return (
    <span className={up ? "moved up" : "moved"} aria-hidden="true" title={`Place ${from + 1} by the dot score, ${to + 1} re-ranked`}>
      <b>{to + 1}</b> {up ? "▲" : "▼"} {from + 1}
    </span>
  );
}

/** One photo of the grid; a tile of the same size while nothing is known of it. */
export const Tile = memo(function Tile({ engine, photo, place, count, stop, chosen, onPress, onPick }: Props) {
  const tabIndex = stop ? 0 : -1;
  const listed = { "data-place": place, "aria-posinset": place + 1, "aria-setsize": count };
  if (!photo) {
    return (
      <li {...listed}>
        <button type="button" className="tile" tabIndex={tabIndex} aria-label={`Photo ${place + 1}, not read yet`}>
          <span className="thumbnail" />
        </button>
      </li>
    );
  }
  const { row, item, score, match, probability, before, alike } = photo;
  return (
    <li {...listed} data-row={row} data-chosen={chosen || undefined}>
      <button type="button" className="tile" tabIndex={tabIndex} onClick={(event) => onPress(place, event)}>
        <Thumbnail engine={engine} row={row} item={item} />
        {before !== undefined && before !== place && <Moved from={before} to={place} />}
        {alike && <span className="alike-count">+{alike.length}</span>}
        {score !== undefined && (
          <span className="score" aria-hidden="true">
            <b>{place + 1}</b> {score.toFixed(2)}
            {match !== undefined && ` · match ${match.toFixed(1)}`}
            {probability !== undefined && ` · ${Math.round(100 * probability)} %`}
          </span>
        )}
      </button>
      {chosen !== undefined && (
        <input
          type="checkbox"
          className="pick"
          aria-label={`Select ${item.title ?? item.id}`}
          checked={chosen}
          tabIndex={tabIndex}
          onChange={({ nativeEvent }) => onPick(place, (nativeEvent as unknown as globalThis.MouseEvent).shiftKey)}
        />
      )}
    </li>
  );
});
