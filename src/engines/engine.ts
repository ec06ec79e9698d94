/** What is kept of a photo beside its vector, by which it is filtered and judged. */
export type Fields = Record<string, string | number>;

/** What a field must be, or between what; of several conditions all must hold. */
export type Condition = { field: string; is: string } | { field: string; from?: number; to?: number };

/** What a collection says of what it holds: `digest` names the gallery's photos, `pack` the encoders (their fingerprint). */
export interface Claim {
  digest: string;
  pack: string;
}

export interface EngineRow {
  row: number;
  vector: Float32Array;
  fields: Fields;
}

/** A photo that an engine has found; `score` is the inner product. */
export interface EngineHit {
  row: number;
  score: number;
  fields: Fields;
}

/**
 * A collection in a vector engine: what the photos of a gallery are found by where their vectors are not among its files. Another engine is
 * another file that implements this, and a line in open.ts. Everything throws DotlightError: "network" where the engine cannot be reached or is
 * too slow, "engine" where it answers with anything but what was asked for.
 */
export interface Engine {
  /** What it is and where, for people: "Chroma at localhost:8000". */
  readonly name: string;
  /** What the collection says it holds, and how many rows it has; undefined where there is none of its name. */
  open(): Promise<{ claim: Claim; rows: number } | undefined>;
  /** Makes the collection. */
  create(claim: Claim): Promise<void>;
  /** Those of some rows that the collection has. */
  present(rows: number[]): Promise<Set<number>>;
  /** Adds rows, or replaces them; at most `batch` at a time. */
  put(rows: EngineRow[]): Promise<void>;
  readonly batch: number;
  /** The k rows, or nearly those, whose inner product with the vector is highest, best first; with their fields if those are wanted. */
  search(
    vector: ArrayLike<number>,
    k: number,
    where: Condition[],
    options: { fields: boolean; signal?: AbortSignal },
  ): Promise<EngineHit[]>;
  /** Vectors of rows, in their order. */
  vectors(rows: number[]): Promise<Float64Array[]>;
  /** Rows that meet the conditions, at most so many, in ascending order. */
  matching(where: Condition[], most: number): Promise<number[]>;
}
