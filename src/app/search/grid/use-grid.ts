import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { GridLayout } from "./layout";
import { Following, Scaling } from "./scaling";
import type { TileSize } from "./tile-size";

/** Least widths of tiles: px, and parts of the window's width within them. */
const WIDTHS: Record<TileSize, { least: number; part: number; most: number }> = {
  small: { least: 72, part: 0.21, most: 112 },
  medium: { least: 104, part: 0.3, most: 176 },
  large: { least: 160, part: 0.8, most: 288 },
};
/** Height of a section's heading, px. */
const HEADING = 72;
/** What the search field covers of the window's top, px. */
export const COVERED = 84;
/** Heights of the window above and below it of which photos are made beforehand; none where one jumps, until one rests. */
const MARGIN = 1;
/** The list's depth is put where the bar shows it when nothing was scrolled for so long, ms. */
const REST = 150;

export interface Grid {
  layout: GridLayout;
  /** Height of the element that is scrolled, px. */
  height: number;
  /** Places that are in the document: those of the rows on the screen, and of some around it. */
  near: [from: number, to: number];
  /** Places on the screen. */
  seen: [from: number, to: number];
  /** Where the first of the rows in the document lies in the element, px. */
  top: number;
  /** Rows that are seen at once. */
  page: number;
  /** Scrolls a place onto the screen; when it returns its row is in the document. */
  reveal: (place: number) => void;
  /** Scrolls to the top of the list, if that is above the screen. */
  rise: () => void;
}

interface View {
  width: number;
  shift: number;
  /** Rows on the screen. */
  first: number;
  last: number;
  /** What was on the screen before is not any longer: the next frame needs only what is. */
  jumped: boolean;
}

/** The part of a grid of any length that must be in the document while the page is scrolled; `box` is an element of the grid's width. */
export function useGrid(box: RefObject<HTMLElement | null>, count: number, breaks: number[], size: TileSize): Grid {
  const [view, setView] = useState<View>({ width: 0, shift: 0, first: 0, last: -1, jumped: false });
  const { width } = view;
  const layout = useMemo(() => {
    const { least, part, most } = WIDTHS[size];
    const gap = Math.round(Math.max(6, Math.min(innerWidth * 0.01, 12)));
    const columns = Math.max(1, Math.floor((width + gap) / (Math.max(least, Math.min(innerWidth * part, most)) + gap)));
    // Less a rounding, so that rows never lie within each other.
    const pitch = Math.floor((width + gap) / columns);
    return new GridLayout({ count, columns, pitch: Math.max(pitch, gap + 1), gap, breaks, heading: HEADING });
  }, [width, size, count, breaks]);
  const following = useRef<Following>(null);
  following.current ??= new Following(new Scaling(0));
  const now = useRef({ layout, view });
  /** The list's depth at the window's top, as it was when last looked at. */
  const depth = useRef(0);

  /** Looks where the window is; undefined while there is no width. */
  const look = useCallback(
    (resting = true) => {
      const rect = box.current!.getBoundingClientRect();
      const { layout } = now.current;
      depth.current = following.current!.follow(-rect.top, innerHeight);
      const { shift } = following.current!;
      const [first, last] = [layout.rowAt(depth.current), layout.rowAt(depth.current + innerHeight)];
      const { view } = now.current;
      const away = first > view.last || last < view.first;
      const next = { width: box.current!.clientWidth, shift, first, last, jumped: !resting && (away || view.jumped) };
      if ((Object.keys(next) as (keyof View)[]).some((key) => next[key] !== view[key])) {
        now.current.view = next;
        setView(next);
      }
    },
    [box],
  );

  /** Scrolls so that a depth of the list is at the window's top. */
  const goTo = useCallback(
    (to: number) => {
      const y = following.current!.goTo(to);
      window.scrollTo({ top: scrollY + box.current!.getBoundingClientRect().top + y, behavior: "instant" });
      // The browser may have rounded it, or the page may end before it.
      following.current!.shift += Math.round(y + box.current!.getBoundingClientRect().top);
      look();
    },
    [box, look],
  );

  // Another layout: what was at the top stays there.
  useLayoutEffect(() => {
    const before = now.current.layout;
    now.current.layout = layout;
    const scaling = new Scaling(layout.height);
    following.current!.scaling = scaling;
    const { columns, pitch } = layout.shape;
    // The browser may have scrolled meanwhile, to a lower page's end.
    if (depth.current > 0 && before.shape.count > 0 && (before.shape.columns !== columns || before.shape.pitch !== pitch)) {
      const row = before.rowAt(depth.current + COVERED);
      const place = Math.min(before.places(row)[0], Math.max(0, count - 1));
      goTo(layout.photosTop(layout.rowOf(place)) - before.photosTop(row) + depth.current);
    } else look();
  }, [layout, look, goTo, count]);

  // Ends before the list leaves the document: an observer would still look for it then.
  useLayoutEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      look();
      const { scaling, shift } = following.current!;
      const y = -box.current!.getBoundingClientRect().top;
      if (scaling.real > scaling.height && y > 0 && Math.abs(scaling.toElement(y + shift) - y) > 1) flushSync(() => goTo(y + shift));
    };
    const scrolled = () => {
      flushSync(() => look(false));
      clearTimeout(rest);
      rest = setTimeout(settle, REST);
    };
    addEventListener("scroll", scrolled, { passive: true });
    const resized = () => look();
    addEventListener("resize", resized);
    const observer = new ResizeObserver(resized);
    observer.observe(box.current!);
    return () => {
      clearTimeout(rest);
      removeEventListener("scroll", scrolled);
      removeEventListener("resize", resized);
      observer.disconnect();
    };
  }, [box, look, goTo]);

  const reveal = useCallback(
    (place: number) => {
      const { layout } = now.current;
      const { pitch, gap } = layout.shape;
      const top = layout.photosTop(layout.rowOf(place));
      if (top < depth.current + COVERED) flushSync(() => goTo(top - COVERED));
      else if (top + pitch > depth.current + innerHeight) flushSync(() => goTo(top + pitch + gap - innerHeight));
    },
    [goTo],
  );
  const rise = useCallback(() => {
    if (box.current!.getBoundingClientRect().top < 0) goTo(-COVERED);
  }, [box, goTo]);

  const { first, last, shift, jumped } = view;
  const { height } = new Scaling(layout.height);
  return useMemo(() => {
    const rows = jumped ? 0 : Math.ceil((innerHeight * MARGIN) / layout.shape.pitch);
    const end = Math.max(0, layout.rows - 1);
    const clamp = (row: number) => Math.max(0, Math.min(row, end));
    const [from, to] = [clamp(first - rows), clamp(last + rows)];
    const range = (a: number, b: number): [number, number] => (count === 0 ? [0, 0] : [layout.places(a)[0], layout.places(b)[1]]);
    return {
      layout,
      height,
      near: range(from, to),
      seen: range(clamp(first), clamp(last)),
      top: layout.top(from) - shift,
      page: Math.max(1, Math.floor((innerHeight - COVERED) / layout.shape.pitch)),
      reveal,
      rise,
    };
  }, [layout, height, first, last, shift, jumped, count, reveal, rise]);
}
