/** What was measured of a page; see run.mjs. Megabytes and milliseconds. */
export interface Measured {
  most: number;
  later: number;
  /** Of own photographs. */
  aSecond: number;
  again: number[];
}

export function measured(galleries: string[], query: Record<string, string>): Promise<Measured>;
export function ownPhotographs(count: number): Record<string, string>;
