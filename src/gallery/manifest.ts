import type { FileRecord } from "../files/digest";
import type { ClusterTable } from "./clusters";

/** gallery.json; FORMAT.md says what each part is. */
export interface GalleryManifest {
  format: "dotlight-gallery";
  version: 1;
  name: string;
  description?: string;
  license?: string;
  /** Something a visitor should know, shown in the page. */
  notice?: string;
  /** The pack that made the vectors; `fingerprint` names its encoders. */
  pack: { id: string; fingerprint: string };
  dimension: number;
  metric: "dot" | "cosine";
  /** Photos. */
  count: number;
  tables: {
    /** One of the two, not both. */
    vectors?: VectorTable;
    engine?: EngineTable;
    items: FragmentTable;
    captions?: CaptionTable;
    regions?: RegionTable;
    calibration?: CalibrationTable;
    phrases?: PhraseTable;
    clusters?: ClusterTable;
    map?: MapTable;
  };
}

/** Vectors in shards, in order, in planes of 4 bits: planes[0] has every shard's first plane, and so on. */
export interface VectorTable {
  version: 2;
  planes: FileEntry[][];
  /** Full-precision rows, a file a shard, with digests of their blocks. */
  exact?: FileEntry[];
}

/** A collection in a vector engine that has the photos' vectors; its rows have the photos' numbers. */
export interface EngineTable {
  version: 1;
  kind: "chroma";
  /** Where pages reach it: https, or http on this machine. */
  url: string;
  collection: string;
  /** Names the photos: what the collection must say that it has. */
  digest: string;
  /** Full-precision rows of photos from all over the gallery: the i-th of n is photo floor(i count / n). */
  sample: FileEntry;
  /** How many photos there are of whatever they can be filtered by. */
  facets: FileEntry;
  /** The captions that the photos were scored with, as in CalibrationTable, where the collection has the scores. */
  calibration?: string;
}

/** JSON fragments of rows, in order; all but the last hold `perFragment` rows. */
export interface FragmentTable {
  version: 1;
  perFragment: number;
  fragments: FileEntry[];
}

/** Captions: language by language, vectors and texts of the same rows. */
export interface CaptionTable {
  version: 1;
  languages: Record<string, { count: number; vectors: VectorTable; texts: FragmentTable }>;
}

/** The photos' regions, which the pack's cross-encoder reads: of each photo `count` regions of `width` numbers in 8 bits. */
export interface RegionTable {
  version: 1;
  count: number;
  width: number;
  /** With digests of their blocks. */
  files: FileEntry[];
}

/** What each photo gives to captions in general; `digest` names these, which the pack's calibration has. */
export interface CalibrationTable {
  version: 1;
  digest: string;
  files: FileEntry[];
}

/** What the photos' captions say again and again, for completing a query: a JSON list of texts, those that tell the most first. */
export interface PhraseTable {
  version: 1;
  /** Its rows are phrases. */
  file: FileEntry;
}

/** Where each photo lies in a map of the gallery, in which photos that are alike lie close together. */
export interface MapTable {
  version: 1;
  file: FileEntry;
}

export interface FileEntry extends FileRecord {
  file: string;
  rows: number;
}

/** A thumbnail: its path in the gallery, its size and digest, and its pixels. */
export interface Thumbnail extends FileRecord {
  file: string;
  width: number;
  height: number;
}

/** What is shown of a photo. */
export interface Item {
  id: string;
  thumb?: Thumbnail;
  /** The picture at a size for looking at it alone. */
  large?: Thumbnail;
  /** The photo's own file: a path in the gallery, or an http(s) address. */
  original?: string;
  /** Of the whole picture, "#rrggbb": shown until the thumbnail is there. */
  color?: string;
  title?: string;
  captions?: string[];
  attribution?: string;
  details?: PhotoDetails;
}

/** What a photo's file says of it. */
export interface PhotoDetails {
  /** Pixels, upright. */
  width: number;
  height: number;
  /** "jpeg", "png" … */
  type: string;
  /** When it was taken, in the camera's own time: "2024-05-31T14:03:00". */
  taken?: string;
  camera?: string;
  /** Degrees north and east. */
  place?: [number, number];
}

/** A caption, its photo's row, and the rows of all photos that satisfy it where that is known. */
export interface CaptionText {
  text: string;
  image: number;
  category?: string;
  relevant?: number[];
}
