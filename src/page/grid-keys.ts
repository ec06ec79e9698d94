export interface GridSteps {
  /** Photos in all. */
  count: number;
  /** The place so many rows below a place, or above it; -1 for above the first row. */
  beside: (place: number, rows: number) => number;
  /** Rows that are seen at once, where a page of them can be turned. */
  page?: number;
}

/** Where a key leads from a place of a grid: another place, -1 for above the first row; undefined for keys that do not move. */
export function gridStep({ count, beside, page }: GridSteps, place: number, key: string): number | undefined {
  switch (key) {
    case "ArrowRight":
      return Math.min(place + 1, count - 1);
    case "ArrowLeft":
      return place - 1;
    case "ArrowDown":
      return beside(place, 1);
    case "ArrowUp":
      return beside(place, -1);
    case "PageDown":
      return page && beside(place, page);
    case "PageUp":
      return page && Math.max(0, beside(place, -page));
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
