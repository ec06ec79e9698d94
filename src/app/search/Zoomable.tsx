import { type ReactNode, type RefObject, useImperativeHandle, useRef, useState } from "react";
import { useGestures } from "../gestures";
import { moved, type Placing, WHOLE, zoomed } from "./zoom";

/** Steps of the keys and of a double click. */
const [STEP, DOUBLE] = [1.5, 2.5];

export interface ZoomKeys {
  /** Takes a key that enlarges, makes smaller or, when enlarged, moves the picture; false for all others. */
  press: (key: string) => boolean;
}

/** A picture that is enlarged by the wheel, two fingers, a double click or the keys of `keys`, and then moved. */
export function Zoomable({ keys, children }: { keys: RefObject<ZoomKeys | null>; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [placing, setPlacing] = useState<Placing>(WHOLE);

  const box = () => frame.current!.getBoundingClientRect();
  const zoom = (factor: number, x?: number, y?: number) => {
    const { width, height } = box();
    const at = x === undefined || y === undefined ? [0, 0] : [x - width / 2, y - height / 2];
    setPlacing((before) => zoomed(before, factor, at[0]!, at[1]!, { width, height }));
  };
  const move = (by: number, down: number) => setPlacing((before) => moved(before, by, down, box()));

  const gestures = useGestures(frame, { zoom, move });

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
      onDoubleClick={({ clientX, clientY }) => {
        const { left, top } = box();
        if (placing.scale > 1) setPlacing(WHOLE);
        else zoom(DOUBLE, clientX - left, clientY - top);
      }}
      {...gestures}
    >
      <div style={{ transform: `translate(${placing.x}px, ${placing.y}px) scale(${placing.scale})` }}>{children}</div>
    </div>
  );
}
