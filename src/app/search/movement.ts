import { type RefObject, useLayoutEffect, useMemo } from "react";

const MOVEMENT: KeyframeAnimationOptions = { duration: 520, easing: "cubic-bezier(0.3, 0, 0.1, 1)" };

/** Lets the list's items (which name themselves by `data-row`) glide to their new places whenever `order` has become another object. */
export function useMovement(list: RefObject<HTMLElement | null>, order: object | undefined): void {
  // What is in the document while this renders is still the old order.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured once a new order.
  const before = useMemo(() => (order ? places(list.current) : undefined), [order]);

  useLayoutEffect(() => {
    if (!before || !list.current || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const after = places(list.current);
    for (const item of list.current.querySelectorAll<HTMLElement>("[data-row]")) {
      const [from, to] = [before.get(item.dataset.row!), after.get(item.dataset.row!)!];
      if (to.top > innerHeight && (!from || from.top > innerHeight)) continue;
      if (!from) item.animate([{ opacity: 0 }, { opacity: 1 }], MOVEMENT);
      else if (from.left !== to.left || from.top !== to.top) {
        item.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }], MOVEMENT);
      }
    }
  }, [before, list]);
}

function places(list: HTMLElement | null): Map<string, DOMRect> {
  const items = [...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  return new Map(items.map((item) => [item.dataset.row!, item.getBoundingClientRect()]));
}
