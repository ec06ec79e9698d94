import { startTransition, useEffect, useState } from "react";

/** Does something when the next frame has been handed over for painting; returns what calls it off. */
export function afterPaint(work: () => void): () => void {
  // A task posted in a frame runs when that frame has been handed over.
  const channel = new MessageChannel();
  channel.port1.onmessage = work;
  const frame = requestAnimationFrame(() => channel.port2.postMessage(null));
  return () => {
    cancelAnimationFrame(frame);
    channel.port1.close();
  };
}

/**
 * A value as it was when the page was last painted: what needs the newest less than the rest is made from it, after the rest is on the screen.
 * React's own deferred value would mostly be there before the frame, and delay it.
 */
export function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    if (painted === value) return;
    return afterPaint(() => startTransition(() => setPainted(() => value)));
  }, [value, painted]);
  return painted;
}
