/** What the page and the search worker say to each other. */
import type { Device } from "../src/encoders/runtime";
import type { Item } from "../src/gallery/manifest";
import type { Part } from "../src/retrieval/parts";
import type { SearchResult } from "../src/searcher";

/** A picture that is no photo of the gallery. */
export interface PicturePart {
  picture: Blob;
  weight: number;
}

/** A part of what is looked for, or left out. */
export type QueryPart = Part | PicturePart;

/** What the page learns when a gallery is open. */
export interface GalleryInfo {
  name: string;
  count: number;
  notice?: string;
  /** Languages that the gallery's captions are stored in. */
  languages: string[];
  /** A gallery of the visitor's own photos, with the name of its folder where it can be opened again. */
  own?: { id: string; folder?: string };
  /** The engine that has the photos' vectors, "Chroma at example.org": queries' vectors are sent to it. */
  engine?: string;
  /** It has a map, or one can be made of its photos as they are. */
  map?: "there" | "to make";
  /** Counts changes of photos that were there already: their rows may be others now. */
  revision?: number;
}

/** What it learns when the encoders are ready. */
export interface EncoderInfo {
  pack: string;
  device: Device;
  /** Why another tokenizer than tokenizers-wasm reads the queries; undefined when it does not. */
  otherTokenizer?: string;
  /** Why nothing is kept for the next visit; undefined when it is. */
  notKept?: string;
  /** Why answers cannot be re-ranked; undefined when they can. */
  notReranked?: string;
}

export interface Found extends SearchResult {
  items: Item[];
  /** For each hit the place of the first that it is nearly the same picture as, its own if there is none. */
  leaders?: number[];
  /** Where the query was encoded: a device that failed has been left for the next one. */
  device: Device;
  /** When its scan ended, ms since the epoch. */
  scanned: number;
}

/** Photos of the gallery in its order. */
export interface Browsed {
  /** Photos that there are. */
  total: number;
  rows: number[];
  items: Item[];
}

/** Where the gallery's photos lie (rows x 2, from 0 to 65535), and their mean colours where the gallery is small enough to be kept whole. */
export interface GalleryMap {
  positions: Uint16Array;
  colours?: (string | undefined)[];
}
