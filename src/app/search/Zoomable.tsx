import { type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { moved, type Placing, WHOLE, zoomed } from "./zoom";

/** Steps of the keys and of a double click. */
const [STEP, DOUBLE] = [1.5, 2.5];
/** Of the wheel, a px. */
const WHEEL = 0.002;

export interface ZoomKeys {
  /** Takes a key that enlarges, makes smaller or, when enlarged, moves the picture; false for all others. */
  press: (key: string) => boolean;
}

/** A picture that is enlarged by the wheel, two fingers, a double click or the keys of `keys`, and then moved. */
export function Zoomable({ keys, children }: { keys: RefObject<ZoomKeys | null>; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [placing, setPlacing] = useState<Placing>(WHOLE);
  const pointers = useRef(new Map<number, { x: number; y: number }>());

  const box = () => frame.current!.getBoundingClientRect();
  const zoom = (factor: number, x?: number, y?: number) => {
    const { left, top, width, height } = box();
    const at = x === undefined || y === undefined ? [0, 0] : [x - left - width / 2, y - top - height / 2];
    setPlacing((before) => zoomed(before, factor, at[0]!, at[1]!, { width, height }));
  };
  const move = (by: number, down: number) => setPlacing((before) => moved(before, by, down, box()));

  // React's own listener could not keep the page from being zoomed.
  useEffect(() => {
    const element = frame.current!;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * WHEEL * (event.ctrlKey ? 5 : 1)), event.clientX, event.clientY);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });

  useImperativeHandle(keys, () => ({
    press: (key) => {
      const far = 80;
      if (key === "+" || key === "=") zoom(STEP);
      else if (key === "-") zoom(1 / STEP);
      else if (key === "0") setPlacing(WHOLE);
      else if (placing.scale > 1 && key === "ArrowUp") move(0, far);
      else if (placing.scale > 1 && key === "ArrowDown") move(0, -far);
      else if (placing.scale > 1 && key === "ArrowLeft") move(far, 0);
      else if (placing.scale > 1 && key === "ArrowRight") move(-far, 0);
      else return false;
      return true;
    },
  }));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here the dialog's keys do, too.
    <div
      ref={frame}
      className={placing.scale > 1 ? "zoomable enlarged" : "zoomable"}
      onDoubleClick={({ clientX, clientY }) => (placing.scale > 1 ? setPlacing(WHOLE) : zoom(DOUBLE, clientX, clientY))}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerMove={({ pointerId, clientX: x, clientY: y }) => {
        const held = pointers.current;
        const before = held.get(pointerId);
        if (!before) return;
        const other = [...held].find(([id]) => id !== pointerId)?.[1];
        held.set(pointerId, { x, y });
        if (!other) {
          move(x - before.x, y - before.y);
          return;
        }
        const apart = (one: { x: number; y: number }) => Math.hypot(one.x - other.x, one.y - other.y);
        if (apart(before) > 0) zoom(apart({ x, y }) / apart(before), (x + other.x) / 2, (y + other.y) / 2);
      }}
      onPointerUp={({ pointerId }) => pointers.current.delete(pointerId)}
      onPointerCancel={({ pointerId }) => pointers.current.delete(pointerId)}
    >
      <div style={{ transform: `translate(${placing.x}px, ${placing.y}px) scale(${placing.scale})` }}>{children}</div>
    </div>
  );
}
