import type { PhotoFilter } from "./gallery/facets";
import type { Relevance } from "./relevance";
import type { ScanDevice } from "./retrieval/accelerator";
import type { Composed } from "./retrieval/compose";
import type { Answer, Hit, SearchOptions, Vector } from "./retrieval/scan";
import type { RowReader } from "./retrieval/settle";

/** What found the photos: this device, or an engine ("Chroma at localhost:8000"). */
export type Finder = ScanDevice | { kind: "engine"; name: string };

/** The best photos for a query's vector. */
export interface PhotoAnswer {
  hits: Hit[];
  /** Rows that were searched. */
  total: number;
  /** Not all vectors have arrived yet, or not in all their bits. */
  partial: boolean;
  /** Whether no photo can have been missed, and what the order is exact for. */
  exact: boolean;
  of: Answer["of"];
  /** Only the first plane fitted in memory. */
  coarse: boolean;
  scanner: Finder;
}

export interface FindOptions extends Pick<SearchOptions, "overtaken" | "pause" | "filter"> {
  /** What `filter` says in bits, for an engine to look only at those photos. */
  where?: PhotoFilter;
}

/** A gallery's photos, as they are found: by their vectors in this tab (photo-vectors.ts, clustered-photos.ts), or by an engine (engine-photos.ts). */
export interface PhotoIndex {
  /** How likely a photo matches, where the gallery has a calibration; known when all has arrived. */
  readonly relevance: Relevance | undefined;
  /** Resolves when every photo can be found; to whether nothing more is to come. @throws DotlightError */
  begun(): Promise<boolean>;
  /** Resolves when all has arrived. @throws DotlightError */
  arrived(): Promise<void>;
  /** Vectors of photos from all over the gallery. */
  sample(): Promise<Vector[]>;
  /** Vectors of photos, when all has arrived. */
  vectors(rows: number[]): Promise<Float64Array[]>;
  /** Full-precision rows, where they are read one by one; undefined where there are none. */
  exactRows(): RowReader | undefined;
  /** The k best photos. @throws DotlightError "overtaken" when a newer query has come */
  search(query: Composed, k: number, options: FindOptions): Promise<PhotoAnswer>;
}
