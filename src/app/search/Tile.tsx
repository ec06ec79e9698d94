import { type MouseEvent, memo } from "react";
import type { Engine } from "../engine";
import { useTexts } from "../texts/texts";
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
  const { grid } = useTexts();
  const up = from > to;
  return (
    <span className={up ? "moved up" : "moved"} aria-hidden="true" title={grid.moved(from + 1, to + 1)}>
      <b>{to + 1}</b> {up ? "▲" : "▼"} {from + 1}
    </span>
  );
}

/** One photo of the grid; a tile of the same size while nothing is known of it. */
export const Tile = memo(function Tile({ engine, photo, place, count, stop, chosen, onPress, onPick }: Props) {
  const { grid, fixed, share } = useTexts();
  const tabIndex = stop ? 0 : -1;
  const listed = { "data-place": place, "aria-posinset": place + 1, "aria-setsize": count };
  if (!photo) {
    return (
      <li {...listed}>
        <button type="button" className="tile" tabIndex={tabIndex} aria-label={grid.unread(place + 1)}>
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
            <b>{place + 1}</b>
            {[` ${fixed(score, 2)}`, match !== undefined && grid.match(match), probability !== undefined && share(probability)]
              .filter((said) => said !== false)
              .join(" · ")}
          </span>
        )}
      </button>
      {chosen !== undefined && (
        <input
          type="checkbox"
          className="pick"
          aria-label={grid.select(item.title ?? item.id)}
          checked={chosen}
          tabIndex={tabIndex}
          onChange={({ nativeEvent }) => onPick(place, (nativeEvent as unknown as globalThis.MouseEvent).shiftKey)}
        />
      )}
    </li>
  );
});
