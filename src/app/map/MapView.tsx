import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Engine, GalleryMap, Item } from "../engine";
import { useGestures } from "../gestures";
import { useDownFromField } from "../search/use-down-from-field";
import { MinusIcon, PlusIcon, WholeIcon } from "../shell/icons";
import { useTexts } from "../texts/texts";
import { MapCanvas } from "./map-canvas";
import { type Answered, POINTED } from "./scene";
import { sideOf } from "./thinning";

interface Props {
  engine: Engine;
  map: GalleryMap;
  /** What was found; undefined while nothing is asked. */
  answer: Answered | undefined;
  field: RefObject<HTMLInputElement | null>;
  /** Opens a photo; `around` are those that lie about it, the nearest first. */
  onOpen: (row: number, around: number[]) => void;
}

/** Of the keys and buttons that zoom. */
const STEP = 1.6;
/** Photos that one can step to from an opened one. */
const AROUND = 24;

const ARROWS: Record<string, [right: number, down: number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/**
 * The gallery as a map: pictures where there is room for them, dots for the others. One moves by dragging and zooms by wheel or fingers; with keys one
 * goes from picture to picture.
 */
export function MapView({ engine, map, answer, field, onOpen }: Props) {
  const texts = useTexts().map;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const label = useRef<HTMLParagraphElement>(null);
  const drawn = useRef<MapCanvas>(undefined);
  /** The photo that is pointed at, or focused by keys. */
  const [pointed, setPointed] = useState<{ row: number; focused: boolean }>();
  const [read, setRead] = useState<{ row: number; item: Item }>();
  const [begun, setBegun] = useState(false);
  /** Where the keys go on when they are back. */
  const last = useRef<number>(undefined);

  useEffect(() => {
    const drawing = new MapCanvas(canvas.current!, engine, map);
    drawn.current = drawing;
    const sizes = new ResizeObserver(([entry]) => drawing.resize(entry!.contentRect));
    sizes.observe(canvas.current!);
    const recolour = () => drawing.recolour();
    const theme = new MutationObserver(recolour);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", recolour);
    return () => {
      sizes.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", recolour);
      drawing.end();
    };
  }, [engine, map]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another map begins without the answer.
  useEffect(() => drawn.current!.show(answer), [answer, map]);

  useEffect(() => {
    drawn.current!.point(pointed?.row, pointed?.focused);
    if (!pointed) return;
    let over = false;
    engine.items([pointed.row]).then(
      ([item]) => !over && setRead({ row: pointed.row, item: item! }),
      // It stays without a name: what it has instead of a picture says as much.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [engine, pointed]);

  // The name goes with its picture, also when it comes after that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read has another width.
  useEffect(() => {
    const drawing = drawn.current!;
    drawing.onDraw = () => {
      const { width, height } = drawing.scene.frame;
      canvas.current!.dataset.zoom = drawing.camera.zoom.toFixed(2);
      if (!label.current || !pointed) return;
      const [x, y] = drawing.scene.at(pointed.row, drawing.camera);
      const half = (sideOf(drawing.scene.frame, drawing.camera.zoom) * POINTED) / 2 + 6;
      const { offsetWidth, offsetHeight } = label.current;
      const left = Math.max(6, Math.min(x - offsetWidth / 2, width - offsetWidth - 6));
      const middle = Math.max(half, Math.min(y, height - half));
      const below = middle + half + offsetHeight < height;
      label.current.style.transform = `translate(${left}px, ${below ? middle + half : middle - half - offsetHeight}px)`;
    };
    drawing.draw();
  }, [pointed, read]);

  useDownFromField(
    field,
    useCallback(() => frame.current?.focus(), []),
  );

  const open = useCallback(
    (row: number) => {
      const { scene, camera } = drawn.current!;
      last.current = row;
      onOpen(row, scene.around(row, camera, AROUND));
    },
    [onOpen],
  );
  const point = (x: number, y: number) => {
    const row = drawn.current!.at(x, y);
    setPointed((before) => (before?.row === row ? before : row === undefined ? undefined : { row, focused: false }));
    return row;
  };
  const focus = (row: number) => {
    last.current = row;
    setPointed({ row, focused: true });
    drawn.current!.reveal(row);
  };
  const gestures = useGestures(frame, {
    zoom: (factor, x, y) => {
      setBegun(true);
      drawn.current!.zoom(factor, x, y);
    },
    move: (right, down) => {
      setBegun(true);
      setPointed((before) => (before?.focused ? before : undefined));
      drawn.current!.move(right, down);
    },
    tap: (x, y) => {
      const row = point(x, y);
      if (row !== undefined) open(row);
    },
  });

  const press = (event: KeyboardEvent) => {
    if (event.target !== frame.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const drawing = drawn.current!;
    const { key, shiftKey } = event;
    const arrow = ARROWS[key];
    const found = drawing.scene.answer?.rows;
    const at = pointed?.row;
    if (arrow && shiftKey) drawing.move(-80 * arrow[0], -80 * arrow[1]);
    else if (arrow) {
      const next = at === undefined ? drawing.scene.first(drawing.camera) : drawing.scene.towards(at, drawing.camera, ...arrow);
      if (next !== undefined) focus(next);
      else if (key === "ArrowUp") field.current?.focus();
    } else if (key === "PageDown" || key === "PageUp") {
      if (!found?.length) return;
      const place = found.indexOf(at ?? -1) + (key === "PageDown" ? 1 : -1);
      focus(found[Math.max(0, Math.min(place, found.length - 1))]!);
    } else if (key === "+" || key === "=") drawing.step(STEP);
    else if (key === "-") drawing.step(1 / STEP);
    else if (key === "0" || key === "Home") drawing.whole();
    else if (key === "Enter" || key === " ") {
      if (at !== undefined) open(at);
    } else return;
    event.preventDefault();
    setBegun(true);
  };

  const item = read?.row === pointed?.row ? read?.item : undefined;
  const name = item && (item.captions?.[0] ?? item.title ?? item.id);
  const place = pointed && answer?.ranked ? answer.rows.indexOf(pointed.row) + 1 : 0;
  return (
    <div className="map">
      <div
        ref={frame}
        className="map-frame"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move in it.
        tabIndex={0}
        aria-label={texts.label}
        aria-describedby="map-keys"
        onKeyDown={press}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(":focus-visible")) focus(last.current ?? drawn.current!.scene.first(drawn.current!.camera));
        }}
        onBlur={() => setPointed(undefined)}
        {...gestures}
        onPointerMove={(event) => {
          gestures.onPointerMove(event);
          if (event.buttons > 0 || event.pointerType === "touch") return;
          const { left, top } = frame.current!.getBoundingClientRect();
          point(event.clientX - left, event.clientY - top);
        }}
        onPointerLeave={() => setPointed((before) => (before?.focused ? before : undefined))}
      >
        <canvas ref={canvas} />
        {pointed && name && (
          <p ref={label} className="map-label" aria-hidden="true">
            {place > 0 && <b>{place}</b>} <bdi>{name}</bdi>
          </p>
        )}
      </div>
      <p id="map-keys" className="visually-hidden">
        {texts.keys}
      </p>
      <p className="visually-hidden" role="status" data-testid="map-told">
        {pointed?.focused && name && texts.told(name, place)}
      </p>
      {!begun && <p className="map-hint">{texts.hint}</p>}
      <div className="map-zoom">
        <button
          type="button"
          className="icon-button"
          aria-label={texts.larger}
          title={texts.larger}
          onClick={() => drawn.current!.step(STEP)}
        >
          <PlusIcon />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.smaller}
          title={texts.smaller}
          onClick={() => drawn.current!.step(1 / STEP)}
        >
          <MinusIcon />
        </button>
        <button type="button" className="icon-button" aria-label={texts.whole} title={texts.whole} onClick={() => drawn.current!.whole()}>
          <WholeIcon />
        </button>
      </div>
    </div>
  );
}
