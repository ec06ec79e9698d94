import { Fragment, type KeyboardEvent, type MouseEvent, memo, type RefObject, useDeferredValue, useEffect, useRef, useState } from "react";
import { gridStep } from "../../page/grid-keys";
import type { Engine } from "../engine";
import type { Selection } from "../library/use-selection";
import { Line, matchesOf } from "./Matches";
import { useMovement } from "./movement";
import { Thumbnail } from "./Thumbnail";
import type { Shown } from "./use-search";

interface Props {
  engine: Engine;
  shown: Shown[];
  /** Changes when the photos are shown in another order. */
  order: object | undefined;
  /** Shows more of them; undefined when there are no more. */
  more: (() => void) | undefined;
  field: RefObject<HTMLInputElement | null>;
  /** Where photos can be selected. */
  selection: Selection | undefined;
  onOpen: (place: number) => void;
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

/** Pictures that a large screen shows at once. */
const FOLD = 24;

/** The grid; memoised, since it must not be made anew at each keystroke before its answer is there. One of its pictures is in the tab order; the arrow keys move between them and up to the search field. */
export const Results = memo(function Results({ engine, shown, order, more, field, selection, onOpen }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  // What is on the screen comes first; what lies below follows when that has been painted.
  const later = useDeferredValue(shown);
  const head = shown.slice(0, FOLD);
  const tiled = later === shown ? shown : [...head, ...later.slice(FOLD).filter(({ row }) => !head.some((one) => one.row === row))];
  useMovement(list, order);
  const tiles = () => [...(list.current?.querySelectorAll<HTMLButtonElement>("button.tile") ?? [])];

  useEffect(() => {
    const input = field.current;
    const down = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      list.current?.querySelector<HTMLButtonElement>("button.tile")?.focus();
    };
    input?.addEventListener("keydown", down);
    return () => input?.removeEventListener("keydown", down);
  }, [field]);

  const move = (event: KeyboardEvent) => {
    const all = tiles();
    const place = all.indexOf(event.target as HTMLButtonElement);
    if (place < 0) return;
    const to = gridStep(all, place, event.key);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) {
      field.current?.focus();
      return;
    }
    all[to]?.focus();
    if (event.shiftKey) selection?.extend(place, to);
  };

  const press = (place: number, { shiftKey, ctrlKey, metaKey }: MouseEvent) => {
    if (selection && (selection.on || shiftKey || ctrlKey || metaKey)) selection.toggle(place, shiftKey);
    else onOpen(place);
  };
  const matches = matchesOf(shown);
  const inOrder = (place: number) => (place === Math.min(at, shown.length - 1) ? 0 : -1);

  return (
    <>
      <ul ref={list} className={selection?.on ? "results selecting" : "results"} aria-label="Results" onKeyDown={move}>
        {tiled.map(({ row, item, score, match, probability, before, alike }, place) => (
          <Fragment key={row}>
            {place === matches && <Line />}
            <li data-row={row} data-chosen={selection?.chosen.has(item.id) || undefined}>
              <button
                type="button"
                className="tile"
                tabIndex={inOrder(place)}
                onFocus={() => setAt(place)}
                onClick={(event) => press(place, event)}
              >
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
              {selection && (
                <input
                  type="checkbox"
                  className="pick"
                  aria-label={`Select ${item.title ?? item.id}`}
                  checked={selection.chosen.has(item.id)}
                  tabIndex={inOrder(place)}
                  onChange={({ nativeEvent }) => selection.toggle(place, (nativeEvent as unknown as MouseEvent).shiftKey)}
                />
              )}
            </li>
          </Fragment>
        ))}
      </ul>
      {more && (
        <button type="button" className="button more" onClick={more}>
          Show more
        </button>
      )}
    </>
  );
});
