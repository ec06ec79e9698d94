import type { Rgba } from "./encoders/image";
import type { TextEncoder } from "./encoders/text-encoder";
import { DotlightError } from "./files/errors";
import { type Against, type Background, type Composed, compose, contradiction, type Direction } from "./retrieval/compose";
import { type Part, parseParts } from "./retrieval/parts";
import type { Vector } from "./retrieval/scan";
import { PLAIN, THINGS } from "./things";

/** A part of a query: as it is typed, or a picture that is no photo of the gallery. */
export type QueryPart = Part | { picture: Rgba; weight: number };

/** What a query is read from; as text it is parsed, see `parseParts`. */
export type Question = string | readonly QueryPart[];

/** A query as galleries of one pack are asked with it. */
export interface Asked {
  vector: Vector;
  /** What is left out beside it. */
  against: Against[];
  /** One phrase, which is asked by its own vector: what calibrations are made for. */
  plain: boolean;
  /** The words were more than the encoder reads, or the parts more than a query has. */
  truncated: boolean;
  /** Milliseconds. */
  spent: { tokenize: number; encode: number };
}

/** Where photos come from. */
export interface Photos {
  /** Some photos of the gallery, which stand for all. */
  sample(): Promise<readonly Vector[]>;
  /** The vector of the photo of an id; undefined where there is none. */
  photo(id: string): Promise<Vector | undefined>;
  encode(picture: Rgba): Promise<Vector>;
}

interface Read {
  vector: Float32Array;
  truncated: boolean;
}

/** Phrases whose vectors are at hand: while one part of a query is typed, the others are not read again. */
const MOST_AT_HAND = 64;
/** A single part is held against nothing. */
const NONE: Background = { photos: [], plain: [], things: [] };
/** Names of things that are encoded at once, so that a query never waits long. */
const BATCH = 16;

/** Makes query vectors of words and photos, for all galleries of one pack. */
export class Asker {
  /** The last read is last. */
  readonly #atHand = new Map<string, Read>();
  #things: Promise<Float32Array[]> | undefined;

  constructor(readonly encoder: TextEncoder) {}

  /** @throws DotlightError "bad-query" for no words, for parts that contradict each other, for a photo that is not there */
  async ask(question: Question, photos: Photos): Promise<Asked> {
    const { parts, cut } = typeof question === "string" ? parseParts(question) : { parts: question, cut: false };
    const spent = { tokenize: 0, encode: 0 };
    if (parts.length === 0) throw badQuery("There are no words to search for.", "Type what the picture shows.");
    let truncated = cut;
    const directions: Direction[] = [];
    for (const part of parts) {
      if ("words" in part) {
        const read = await this.#read(part.words, spent);
        truncated ||= read.truncated;
        directions.push({ of: "words", vector: read.vector, weight: part.weight });
      } else {
        const began = performance.now();
        directions.push({ of: "photo", vector: await vectorOf(part, photos), weight: part.weight });
        spent.encode += performance.now() - began;
      }
    }
    const alone = parts.length === 1 && parts[0]!.weight > 0;
    const composed = alone ? compose(directions, NONE) : await this.#compose(parts, directions, photos, spent);
    return { ...composed, plain: alone && "words" in parts[0]!, truncated, spent };
  }

  async #compose(parts: readonly QueryPart[], directions: Direction[], photos: Photos, spent: Asked["spent"]): Promise<Composed> {
    const plain = (await this.#read(PLAIN, spent)).vector;
    const background: Background = { photos: await photos.sample(), plain, things: [] };
    const both = contradiction(directions, background);
    if (both) throw contradicting(parts[both[0]]!, parts[both[1]]!);
    const changed = directions.some(({ of }) => of === "photo") && directions.some(({ of }) => of === "words");
    return compose(directions, changed ? { ...background, things: await this.#namesOfThings() } : background);
  }

  /** @throws DotlightError "bad-query" for signs without a word */
  async #read(words: string, spent: Asked["spent"]): Promise<Read> {
    if (!/[\p{L}\p{N}]/u.test(words)) {
      throw badQuery("The query holds signs but no words, and the model reads words.", "Type what the picture shows.");
    }
    const text = words.trim();
    const known = this.#atHand.get(text);
    this.#atHand.delete(text);
    const began = performance.now();
    const tokens = known ? undefined : this.encoder.tokenizer.encode(text);
    const tokenized = performance.now();
    const read = known ?? { vector: await this.encoder.encode([tokens!]), truncated: tokens!.truncated };
    spent.tokenize += tokenized - began;
    spent.encode += performance.now() - tokenized;
    this.#atHand.set(text, read);
    if (this.#atHand.size > MOST_AT_HAND) this.#atHand.delete(this.#atHand.keys().next().value!);
    return read;
  }

  #namesOfThings(): Promise<Float32Array[]> {
    this.#things ??= (async () => {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < THINGS.length; at += BATCH) {
        const tokens = THINGS.slice(at, at + BATCH).map((name) => this.encoder.tokenizer.encode(name));
        const batch = await this.encoder.encode(tokens);
        const dimension = batch.length / tokens.length;
        vectors.push(...tokens.map((_, i) => batch.slice(i * dimension, (i + 1) * dimension)));
      }
      return vectors;
    })();
    this.#things.catch(() => {
      this.#things = undefined;
    });
    return this.#things;
  }
}

async function vectorOf(part: Exclude<QueryPart, { words: string }>, photos: Photos): Promise<Vector> {
  if ("picture" in part) return photos.encode(part.picture);
  const vector = await photos.photo(part.photo);
  if (vector) return vector;
  throw badQuery(
    `There is no photo "${part.photo}" here: it has been removed, or belongs to another gallery.`,
    "Take it out of the query, or choose another photo.",
  );
}

function contradicting(wanted: QueryPart, leftOut: QueryPart): DotlightError {
  const [one, other] = [nameOf(wanted), nameOf(leftOut)];
  return badQuery(
    one === other
      ? `The query looks for ${one} and leaves it out at once.`
      : `The query looks for ${one} and leaves out ${other}: to the model these are the same.`,
    "Take one of the two away.",
  );
}

const nameOf = (part: QueryPart): string =>
  "words" in part ? `“${part.words}”` : "photo" in part ? `the photo “${part.photo}”` : "a picture";

const badQuery = (message: string, advice: string) => new DotlightError("bad-query", message, advice);
