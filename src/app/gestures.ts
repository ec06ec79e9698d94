import { type PointerEvent, type RefObject, useEffect, useRef } from "react";

/** Of the wheel, a px. */
const WHEEL = 0.002;
/** Px that a finger or mouse may move in a tap. */
const STILL = 5;

export interface Gestures {
  /** By a factor about a point, px from the frame's left and top. */
  zoom: (factor: number, x: number, y: number) => void;
  move: (right: number, down: number) => void;
  /** Pressed and let go in the same place. */
  tap?: (x: number, y: number) => void;
}

interface Point {
  x: number;
  y: number;
}

const apart = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);

/** What the pointers do over an element: drag, pinch and wheel. Returns the element's handlers. */
export function useGestures(frame: RefObject<HTMLElement | null>, { zoom, move, tap }: Gestures) {
  const held = useRef(new Map<number, Point>());
  /** Where the only pointer went down; undefined as soon as it has moved, or is not the only one. */
  const pressed = useRef<Point>(undefined);
  const within = (x: number, y: number): Point => {
    const { left, top } = frame.current!.getBoundingClientRect();
    return { x: x - left, y: y - top };
  };

  // React's own listener could not keep the page from being zoomed.
  useEffect(() => {
    const element = frame.current!;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * WHEEL * (event.ctrlKey ? 5 : 1)), event.clientX - left, event.clientY - top);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });

  const release = ({ pointerId }: PointerEvent) => held.current.delete(pointerId);
  return {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = { x: event.clientX, y: event.clientY };
      held.current.set(event.pointerId, at);
      pressed.current = held.current.size === 1 && event.button === 0 ? at : undefined;
    },
    onPointerMove: ({ pointerId, clientX: x, clientY: y }: PointerEvent) => {
      const before = held.current.get(pointerId);
      if (!before) return;
      if (pressed.current && apart(pressed.current, { x, y }) <= STILL) return;
      pressed.current = undefined;
      const other = [...held.current].find(([id]) => id !== pointerId)?.[1];
      held.current.set(pointerId, { x, y });
      if (!other) {
        move(x - before.x, y - before.y);
        return;
      }
      const middle = within((x + other.x) / 2, (y + other.y) / 2);
      if (apart(before, other) > 0) zoom(apart({ x, y }, other) / apart(before, other), middle.x, middle.y);
    },
    onPointerUp: (event: PointerEvent) => {
      release(event);
      if (!pressed.current) return;
      const { x, y } = within(event.clientX, event.clientY);
      pressed.current = undefined;
      tap?.(x, y);
    },
    onPointerCancel: (event: PointerEvent) => {
      release(event);
      pressed.current = undefined;
    },
  };
}
