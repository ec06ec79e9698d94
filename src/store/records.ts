import type { GalleryManifest, Item } from "../gallery/manifest";
import type { RegionCodes, RegionShape } from "../gallery/regions";

/** A gallery of a visitor's own photos. */
export interface PersonalGallery {
  id: string;
  name: string;
  /** The pack that its photos are encoded with; photos of another fingerprint wait to be encoded again. */
  pack: { id: string; fingerprint: string };
  dimension: number;
  metric: "dot" | "cosine";
  /** What the pack says of its limits. */
  notice?: string;
  /** The folder, where the browser can open it again. */
  folder?: FileSystemDirectoryHandle;
  /** The number that the next photo gets; numbers are never given twice. */
  next: number;
  /** Counts changes of photos that were there already: what is shown of them must be read anew. */
  revision: number;
}

/** A photo without its vector and its thumbnail. */
export interface StoredPhoto {
  gallery: string;
  number: number;
  /** Below the folder, '/'-separated. */
  path: string;
  size: number;
  /** Milliseconds since 1970, as the file system says. */
  modified: number;
  /** sha256 of the file. */
  digest: string;
  /** Of the pack that made the vector. */
  fingerprint: string;
  /** Of its regions, where the pack that encoded it has a cross-encoder. */
  regions?: RegionShape;
  item: Omit<Item, "id">;
}

/** A file that could not be read: it is tried again when it changes. */
export interface Failure {
  gallery: string;
  path: string;
  size: number;
  modified: number;
  reason: string;
}

/** What an encoder and a decoder made of a photo. */
export interface Made {
  vector: Float32Array;
  /** Where the photo has a shape of them. */
  regions?: RegionCodes;
  thumbnail: Uint8Array<ArrayBuffer>;
}

/** What one transaction writes. */
export interface Batch {
  added: { photo: Omit<StoredPhoto, "gallery" | "number">; made: Made }[];
  /** Photos that are there already; what was made of them stays where nothing new was. */
  changed: { photo: StoredPhoto; made?: Made }[];
  removed: number[];
  failed: Omit<Failure, "gallery">[];
}

/** Where a gallery's photos lie in its map, and of which photos it was made. */
export interface StoredMap {
  /** The gallery's, when it was made. */
  revision: number;
  /** The photos' numbers, ascending. */
  numbers: number[];
  /** Theirs (x 2), as in the gallery format. */
  positions: Uint16Array;
}

/** A gallery's files in the gallery format, as they were written of its photos. */
export interface StoredFiles {
  tables: GalleryManifest["tables"];
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** The photos' numbers, by row. */
  numbers: number[];
  /** The shape of the photos' regions, where all have them and of one shape. */
  regions?: RegionShape;
}
