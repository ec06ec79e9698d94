/** Where a gallery's photos lie in its map, and of which photos it was made. */
export interface StoredMap {
  /** The gallery's, when it was made. */
  revision: number;
  /** The photos' numbers, ascending. */
  numbers: number[];
  /** Theirs (x 2), as in the gallery format. */
  positions: Uint16Array;
}
