import { useEffect, useRef } from "react";
import type { Item } from "../../engine";

interface Props {
  item: Item;
  /** Shares of the photo's regions, row by row. */
  heat: number[];
  /** Columns and rows. */
  grid: [number, number];
}

/** How dark what is not looked at becomes, of 255. */
const DARKEST = 190;

/** Darkens a photo where it is not looked at; it lies over the picture, as large as that. */
export function HeatMap({ item, heat, grid: [columns, rows] }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // The picture's own shape, so that both are fitted alike.
  const { width, height } = item.large ?? item.thumb ?? { width: 1, height: 1 };
  const scale = Math.min(1, 480 / Math.max(width, height));

  useEffect(() => {
    const context = canvas.current!.getContext("2d")!;
    const small = new OffscreenCanvas(columns, rows);
    const cells = new ImageData(columns, rows);
    const most = Math.max(...heat);
    for (const [i, share] of heat.entries()) cells.data[4 * i + 3] = DARKEST * (1 - share / most);
    small.getContext("2d")!.putImageData(cells, 0, 0);
    const { width, height } = context.canvas;
    context.clearRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, 0, width, height);
  }, [heat, columns, rows]);

  return (
    <canvas
      ref={canvas}
      className="heat"
      width={Math.round(width * scale)}
      height={Math.round(height * scale)}
      data-testid="heat"
      aria-hidden
    />
  );
}
