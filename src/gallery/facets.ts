import type { Item } from "./manifest";

export type Shape = "landscape" | "portrait" | "square";

/** What photos are kept; all that is said must hold. */
export interface PhotoFilter {
  /** Photos in it and below it. */
  folder?: string;
  /** Days, both included: "2024-05-31". */
  from?: string;
  to?: string;
  type?: string;
  shape?: Shape;
  /** A whole degree of latitude and longitude, as `placeOf` names it. */
  place?: string;
}

/** Values with the number of their photos where it is known, most first. */
export type Counts = [value: string, photos?: number][];

export interface FacetCounts {
  /** Photos that the whole filter keeps; there may be more than are listed. */
  kept: number;
  more?: true;
  folder: Counts;
  type: Counts;
  shape: Counts;
  place: Counts;
  /** The first and the last day that any photo was taken; undefined where none says. */
  days: [first: string, last: string] | undefined;
}

/** What a photo can be filtered by. */
interface Row {
  /** That it lies in, from the outermost. */
  folders: string[];
  day?: string;
  type?: string;
  shape?: Shape;
  place?: string;
}

const LISTED = ["folder", "type", "shape", "place"] as const;

/** What a gallery's photos can be filtered by. */
export class Facets {
  readonly #rows: Row[];
  /** What the filter of the last look keeps: a gallery is looked through piece by piece. */
  #kept: { filter: string; rows: number[] } | undefined;

  /** All items of the gallery, by row. */
  constructor(items: Item[]) {
    this.#rows = items.map(facetsOf);
  }

  /** A bit a row, the lowest first: 1 where the filter keeps it; undefined where it keeps everything. */
  bits(filter: PhotoFilter): Uint8Array | undefined {
    if (Object.keys(filter).length === 0) return undefined;
    const bits = new Uint8Array(Math.ceil(this.#rows.length / 8));
    for (const [i, row] of this.#rows.entries()) if (keeps(filter, row)) bits[i >> 3] = bits[i >> 3]! | (1 << (i & 7));
    return bits;
  }

  /** Rows that the filter keeps, in order. */
  rows(filter: PhotoFilter): number[] {
    const key = JSON.stringify(filter);
    if (this.#kept?.filter !== key) this.#kept = { filter: key, rows: this.#rows.flatMap((row, i) => (keeps(filter, row) ? [i] : [])) };
    return this.#kept.rows;
  }

  /** For each value of a facet, how many photos it would keep beside the rest of the filter. */
  counts(filter: PhotoFilter): FacetCounts {
    const tally = new Tally();
    for (const row of this.#rows) tally.day(row);
    for (const facet of LISTED) {
      const { [facet]: _, ...rest } = filter;
      for (const row of this.#rows) if (keeps(rest, row)) tally.value(row, facet);
    }
    return tally.counts(this.rows(filter).length);
  }
}

/** Counts photos by what they can be filtered by, one after the other: of a gallery that is too large to be held, too. */
export class Tally {
  readonly #photos: Record<(typeof LISTED)[number], Map<string, number>> = {
    folder: new Map(),
    type: new Map(),
    shape: new Map(),
    place: new Map(),
  };
  #days: FacetCounts["days"];
  #all = 0;

  add(item: Item): void {
    const row = facetsOf(item);
    for (const facet of LISTED) this.value(row, facet);
    this.day(row);
    this.#all++;
  }

  value(row: Row, facet: (typeof LISTED)[number]): void {
    const photos = this.#photos[facet];
    for (const value of facet === "folder" ? row.folders : [row[facet] ?? []].flat()) photos.set(value, (photos.get(value) ?? 0) + 1);
  }

  day({ day }: Row): void {
    if (day === undefined) return;
    const [first, last] = this.#days ?? [day, day];
    this.#days = [day < first ? day : first, day > last ? day : last];
  }

  counts(kept = this.#all): FacetCounts {
    const sorted = (photos: Map<string, number>): Counts => [...photos].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const { folder, type, shape, place } = this.#photos;
    return { kept, folder: sorted(folder), type: sorted(type), shape: sorted(shape), place: sorted(place), days: this.#days };
  }
}

export function facetsOf({ id, details }: Item): Row {
  return {
    folders: foldersOf(id),
    ...(details && { type: details.type, shape: shapeOf(details.width, details.height) }),
    ...(details?.taken && { day: details.taken.slice(0, 10) }),
    ...(details?.place && { place: placeOf(details.place) }),
  };
}

function keeps({ folder, from, to, type, shape, place }: PhotoFilter, row: Row): boolean {
  return (
    (folder === undefined || row.folders.includes(folder)) &&
    (type === undefined || row.type === type) &&
    (shape === undefined || row.shape === shape) &&
    (place === undefined || row.place === place) &&
    // Who asks for days asks for photos that have one.
    (from === undefined || (row.day !== undefined && row.day >= from)) &&
    (to === undefined || (row.day !== undefined && row.day <= to))
  );
}

/** "a/b/c.jpg" lies in "a" and in "a/b". */
function foldersOf(id: string): string[] {
  const parts = id.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** Within a twentieth of square counts as square. */
function shapeOf(width: number, height: number): Shape {
  if (Math.abs(width / height - 1) < 0.05) return "square";
  return width > height ? "landscape" : "portrait";
}

function placeOf([north, east]: [number, number]): string {
  const [a, b] = [Math.floor(north), Math.floor(east)];
  return `${Math.abs(a)}° ${a < 0 ? "S" : "N"}, ${Math.abs(b)}° ${b < 0 ? "W" : "E"}`;
}
