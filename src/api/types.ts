/**
 * What createSearcher promises, in a page and in Node alike. This file and what it names are what the published package has for types:
 * nothing of the inside is to be seen here.
 */

export interface SearcherOptions {
  /**
   * The folder that has the model packs, each in a folder of its name. Without it: `packs/` of the site that the first gallery is in
   * (`../../packs/` from the gallery), else what this package brings or, in Node, `dotlight pack add` has downloaded.
   */
  packs?: string | URL;
  /** Hears what is being loaded. */
  onProgress?: (progress: Progress) => void;
  /** Ends the loading; createSearcher then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What is being loaded; bytes. */
export interface Progress {
  /** "runtime", "text encoder", "vectors". */
  stage: string;
  loaded: number;
  total: number;
}

/** Galleries that are open, and the model that reads the words. */
export interface Searcher {
  readonly galleries: readonly OpenGallery[];
  readonly model: Model;
  /**
   * The photos that answer the query best, of all galleries together, best first. A query is words, and may have parts: `-word` and `-"some words"` are
   * left out, `"some words"` are a phrase of their own, `^2` after either is a weight, `like:ID` is a photo of the galleries and `-like:ID` its opposite.
   * @throws DotlightError "bad-query" for words without a letter, parts that contradict each other, or a photo that is not there, "usage" for a k that is no whole number of at least 1; the signal's reason
   */
  search(query: string, options?: SearchOptions): Promise<Answer>;
  /** Ends the worker, and with it what it holds; what was asked before is rejected. */
  close(): void;
}

export interface OpenGallery {
  /** The folder's address. */
  url: string;
  name: string;
  /** Photos. */
  count: number;
  /** Something a visitor should know. */
  notice?: string;
  /** The vector engine that has its vectors ("Chroma at example.org"), to which the vectors of queries are sent. */
  engine?: string;
}

export interface Model {
  id: string;
  name: string;
  /** The languages that it understands, as BCP 47 tags. */
  languages: string[];
  license: string;
  notice?: string;
  /** What it runs on. */
  device: "webgpu" | "wasm" | "native";
}

export interface SearchOptions {
  /** How many photos, at least 1 (20). */
  k?: number;
  /** Ends the search; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Hears an answer by the first bits of the vectors, if the others are not there yet: in a page, the first answer without a wait. */
  onPartial?: (answer: Answer) => void;
}

export interface Answer {
  /** Best first. */
  photos: Photo[];
  /** Photos that were searched. */
  total: number;
  /** No photo can have been missed, and the order is that of the full-precision scores. */
  exact: boolean;
  /** Not all bits of the vectors were there yet. */
  partial: boolean;
  /** The words were more than the model reads. */
  truncated: boolean;
  /** Milliseconds spent. */
  timings: { tokenize: number; encode: number; scan: number };
}

/** A photo that was found. Texts come from whoever made the gallery: show them as text, never as HTML. */
export interface Photo {
  /** The inner product with the query's vector, comparable within one model only; of a query of several parts within that query. */
  score: number;
  /** The address of the gallery that it is in. */
  gallery: string;
  /** Its name in the gallery. */
  id: string;
  title?: string;
  captions?: string[];
  attribution?: string;
  /** Of the whole picture, "#rrggbb": to be shown until the thumbnail is there. */
  color?: string;
  thumbnail?: Picture;
  /** At a size for looking at it alone. */
  large?: Picture;
  /** The address of the photo's own file. */
  original?: string;
  details?: PhotoDetails;
}

export interface Picture {
  url: string;
  width: number;
  height: number;
}

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

/** The addresses of one gallery or of several; in Node, paths of folders too. */
export type Galleries = string | URL | readonly (string | URL)[];

/**
 * Opens a gallery, or several of one model to be searched as one; resolves when every photo can be found.
 * @throws DotlightError for anything missing, damaged or unfit; "wrong-pack" for galleries of different models
 */
export type CreateSearcher = (galleries: Galleries, options?: SearcherOptions) => Promise<Searcher>;
