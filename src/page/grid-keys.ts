/**
 * Where a key leads from a tile of a grid: the place of another tile, -1 for above the first row; undefined for keys that do not move.
 * The tiles are those of the whole grid, in their order.
 */
export function gridStep(tiles: HTMLElement[], place: number, key: string): number | undefined {
  // Not offsetTop: a list item that may stay unpainted is its own frame of reference.
  const top = (tile: HTMLElement) => tile.getBoundingClientRect().top;
  const columns = tiles.filter((tile) => top(tile) === top(tiles[0]!)).length;
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  const jumps: Record<string, number> = { Home: 0, End: tiles.length - 1 };
  const step = steps[key];
  const next = step === undefined ? jumps[key] : place + step;
  return next === undefined ? undefined : Math.max(-1, Math.min(next, tiles.length - 1));
}
