import { useState } from "react";
import { useTexts } from "../../texts/texts";

const SIZES = ["small", "medium", "large"] as const;
export type TileSize = (typeof SIZES)[number];

const KEPT = "dotlight-size";

/** How large photos are in the grid; the choice is kept. */
export function useTileSize(): [TileSize, (size: TileSize) => void] {
  const [size, setSize] = useState(read);
  return [
    size,
    (chosen) => {
      setSize(chosen);
      try {
        localStorage.setItem(KEPT, chosen);
      } catch {
        // Without storage the choice lasts as long as the page.
      }
    },
  ];
}

function read(): TileSize {
  try {
    return SIZES.find((size) => size === localStorage.getItem(KEPT)) ?? "medium";
  } catch {
    return "medium";
  }
}

/** Squares to a side, as the icon shows them. */
const SQUARES: Record<TileSize, number> = { small: 3, medium: 2, large: 1 };

/** Chooses how large photos are in the grid. */
export function TileSizes({ size, onSize }: { size: TileSize; onSize: (size: TileSize) => void }) {
  const { grid } = useTexts();
  return (
    <fieldset className="choice" aria-label={grid.sizes}>
      {SIZES.map((one) => (
        <label key={one} title={grid.sizeTitle[one]}>
          <input type="radio" name="size" aria-label={grid.size[one]} checked={one === size} onChange={() => onSize(one)} />
          <Squares side={SQUARES[one]} />
        </label>
      ))}
    </fieldset>
  );
}

function Squares({ side }: { side: number }) {
  const [gap, width] = [1.6, (16 - 1.6 * (side - 1)) / side];
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" fill="currentColor" aria-hidden="true">
      {Array.from({ length: side * side }, (_, i) => ({ x: (i % side) * (width + gap), y: Math.floor(i / side) * (width + gap) })).map(
        ({ x, y }) => (
          <rect key={`${x},${y}`} x={x} y={y} width={width} height={width} rx={side === 1 ? 3 : 1.2} />
        ),
      )}
    </svg>
  );
}
