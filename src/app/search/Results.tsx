import {
  type CSSProperties,
  Fragment,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { gridStep } from "../../page/grid-keys";
import type { Engine } from "../engine";
import type { Selection } from "../library/use-selection";
import { useTexts } from "../texts/texts";
import { usePainted } from "./after-paint";
import type { TileSize } from "./grid/tile-size";
import { useGrid } from "./grid/use-grid";
import { useMovement } from "./movement";
import type { Photos } from "./photos";
import { Tile } from "./Tile";
import { useDownFromField } from "./use-down-from-field";

interface Section {
  /** The place that it begins with. */
  first: number;
  heading: ReactNode;
}

interface Props {
  engine: Engine;
  photos: Photos;
  /** Changes when something else is asked: what it finds is looked at from its top. */
  asked: object;
  /** Where a part of the photos begins that is headed by a line of its own. */
  sections?: Section[];
  size: TileSize;
  /** Changes when the photos are shown in another order. */
  order: object | undefined;
  field: RefObject<HTMLInputElement | null>;
  /** Is told for how many photos the window has room at the list's top, and a little below. */
  room: RefObject<number>;
  /** Where photos can be selected. */
  selection: Selection | undefined;
  onOpen: (place: number) => void;
}

const NO_SECTIONS: Section[] = [];
/** So many photos are in the document at the list's top: a short answer as a whole. */
const LEAST = 48;

/**
 * The grid, of which only what is on the screen and a little around it is in the document; memoised, since it must not be made anew at each
 * keystroke before its answer is there. One of its pictures is in the tab order; the arrow keys move between them and up to the search field.
 */
export const Results = memo(function Results(props: Props) {
  const { engine, photos, asked, sections = NO_SECTIONS, size, order, field, room, selection, onOpen } = props;
  const texts = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  /** The place that was focused last, and whether it still has the focus. */
  const [at, setAt] = useState(0);
  const focused = useRef(false);
  const breaks = useMemo(() => sections.map(({ first }) => first), [sections]);
  const { count } = photos;
  const grid = useGrid(box, count, breaks, size);
  const { layout, seen, reveal, rise } = grid;
  const [, ahead] = grid.near;
  const near = [grid.near[0], Math.min(count, grid.near[0] === 0 ? Math.max(ahead, LEAST) : ahead)] as const;
  // What is on the screen comes first; what lies around it follows when that has been painted.
  const later = usePainted(photos);
  useMovement(list, order);

  useEffect(() => {
    if (seen[0] === 0) room.current = ahead;
    photos.want(seen[0], ahead);
  }, [photos, seen[0], ahead, room]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: this is what another question changes.
  useLayoutEffect(() => {
    setAt(0);
    rise();
  }, [asked]);

  const focus = useCallback(
    (place: number) => {
      setAt(place);
      reveal(place);
      list.current?.querySelector<HTMLElement>(`[data-place="${place}"] > .tile`)?.focus({ preventScroll: true });
    },
    [reveal],
  );

  // A tile that has left the document, or another photo's that came in its place, leaves the focus to the list.
  useLayoutEffect(() => {
    if (!focused.current || document.activeElement !== document.body) return;
    const tile = list.current?.querySelector<HTMLElement>(`[data-place="${at}"] > .tile`);
    (tile ?? list.current)?.focus({ preventScroll: true });
  });

  useDownFromField(
    field,
    useCallback(() => {
      const [tile] = [...(list.current?.querySelectorAll<HTMLElement>("[data-place]") ?? [])].filter(
        (one) => one.getBoundingClientRect().top >= 0,
      );
      tile?.querySelector<HTMLElement>(".tile")?.focus();
    }, []),
  );

  const move = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const place = target === list.current ? at : target.matches(".tile") ? Number(target.parentElement!.dataset.place) : undefined;
    if (place === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = gridStep({ count, beside: (from, rows) => layout.beside(from, rows), page: grid.page }, place, event.key);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) {
      field.current?.focus();
      return;
    }
    focus(to);
    if (event.shiftKey) selection?.extend(place, to);
  };

  const press = useCallback(
    (place: number, { shiftKey, ctrlKey, metaKey }: MouseEvent) => {
      if (selection && (selection.on || shiftKey || ctrlKey || metaKey)) selection.toggle(place, shiftKey);
      else onOpen(place);
    },
    [selection, onOpen],
  );
  const pick = useCallback((place: number, range: boolean) => selection?.toggle(place, range), [selection]);

  const places = Array.from({ length: Math.max(0, near[1] - near[0]) }, (_, i) => near[0] + i);
  // Those around the screen are still the old ones while the new are on their way; no photo is there twice.
  const onScreen = new Map(places.filter((place) => place >= seen[0] && place < seen[1]).map((place) => [photos.at(place)?.row, place]));
  const tiled = places.map((place) => {
    const around = later !== photos && (place < seen[0] || place >= seen[1]);
    const photo = (around ? later : photos).at(place);
    return { place, photo: around && photo && onScreen.has(photo.row) ? undefined : photo };
  });
  const stop = at >= near[0] && at < near[1] ? at : Math.min(seen[0], Math.max(0, count - 1));
  const { columns, pitch, gap, heading } = layout.shape;

  return (
    <div ref={box} className="grid" style={{ height: grid.height }}>
      <ul
        ref={list}
        className={selection?.on ? "results selecting" : "results"}
        style={
          {
            top: grid.top,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            gap,
            "--tile": `${pitch - gap}px`,
            "--heading": `${heading - gap}px`,
          } as CSSProperties
        }
        aria-label={texts.grid.results}
        aria-busy={later !== photos}
        tabIndex={-1}
        onKeyDown={move}
        onFocus={({ target }) => {
          focused.current = true;
          const place = (target as HTMLElement).closest<HTMLElement>("[data-place]")?.dataset.place;
          if (place !== undefined) setAt(Number(place));
        }}
        onBlur={({ target }) => {
          if (target.isConnected) focused.current = false;
        }}
      >
        {tiled.map(({ place, photo }, i) => {
          const section = sections.find(({ first }) => first === place && place > 0);
          return (
            <Fragment key={photo ? photo.row : `${i} unread`}>
              {section && <li className="break">{section.heading}</li>}
              <Tile
                engine={engine}
                photo={photo}
                place={place}
                count={count}
                stop={place === stop}
                chosen={selection && photo && selection.chosen.has(photo.item.id)}
                onPress={press}
                onPick={pick}
              />
            </Fragment>
          );
        })}
      </ul>
    </div>
  );
});
