import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Engine } from "../engine";
import { Thumbnail } from "./Thumbnail";
import type { Search } from "./use-search";

interface Props {
  engine: Engine;
  search: Search;
  field: RefObject<HTMLInputElement | null>;
  onOpen: (place: number) => void;
}

/** The grid. One of its pictures is in the tab order; the arrow keys move between them and up to the search field. */
export function Results({ engine, search: { shown, more }, field, onOpen }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
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
    const columns = all.filter((tile) => tile.offsetTop === all[0]!.offsetTop).length;
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const jumps: Record<string, number> = { Home: 0, End: all.length - 1 };
    const step = steps[event.key];
    const next = step === undefined ? jumps[event.key] : place + step;
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0) field.current?.focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  };

  return (
    <>
      <ul ref={list} className="results" aria-label="Results" onKeyDown={move}>
        {shown.map(({ row, item, score }, place) => (
          <li key={row}>
            <button
              type="button"
              className="tile"
              tabIndex={place === Math.min(at, shown.length - 1) ? 0 : -1}
              onFocus={() => setAt(place)}
              onClick={() => onOpen(place)}
            >
              <Thumbnail engine={engine} row={row} item={item} />
              {score !== undefined && (
                <span className="score" aria-hidden="true">
                  <b>{place + 1}</b> {score.toFixed(2)}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="button more" onClick={more}>
          Show more
        </button>
      )}
    </>
  );
}
