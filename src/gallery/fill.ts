import type { Scan } from "../retrieval/scan";
import type { VectorPiece } from "./reader";

/** Adds the pieces of a vector table to a scan as they arrive; `added` hears of each. */
export async function fill(scan: Scan, pieces: AsyncGenerator<VectorPiece>, added?: () => void): Promise<void> {
  for await (const piece of pieces) {
    if (piece.part === "first") scan.add(piece.rows);
    else if (piece.part === "later") scan.addPlane(piece.shard, piece.codes, piece.meta);
    else scan.addExact(piece.shard, piece.rows);
    added?.();
  }
}
