import { DotlightError } from "../files/errors";
import type { Pack } from "./pack";
import type { Feeds, Runtime, Session } from "./runtime";
import { Tokenizer, type Tokens } from "./tokenizer";

/** A text's hidden states, length x width, of which the first `tokens` are of its own tokens, and its vector. */
export interface TextStates {
  hidden: Float32Array;
  length: number;
  tokens: number;
  vector: Float32Array;
}

/** Text -> vector, as the pack's dual encoder was trained: the projected output at [CLS]. */
export class TextEncoder {
  readonly #session: Session;

  private constructor(
    readonly pack: Pack,
    readonly tokenizer: Tokenizer,
    session: Session,
  ) {
    this.#session = session;
  }

  static async load(
    pack: Pack,
    runtime: Runtime,
    tokenizerWasm: BufferSource | Promise<BufferSource>,
    onBytes?: (loaded: number) => void,
  ): Promise<TextEncoder> {
    const { maxTokens, lowercase } = pack.manifest.text;
    const [session, tokenizer] = await Promise.all([
      runtime.session((options) => pack.read(pack.manifest.text.file, options), onBytes),
      Promise.all([pack.tokenizerJson(), tokenizerWasm]).then(([json, wasm]) =>
        Tokenizer.load(json, wasm, maxTokens, { ...(lowercase ? { lowercase } : {}), compare: pack.manifest.origin !== undefined }),
      ),
    ]);
    return new TextEncoder(pack, tokenizer, session);
  }

  /** Encodes something: the first run is the slow one, and shows whether the device works at all. */
  async warmUp(): Promise<void> {
    await this.encode([this.tokenizer.encode("a")]);
  }

  /** Token ids of n texts, padded to the longest -> n x dimension. */
  async encode(texts: Tokens[]): Promise<Float32Array> {
    const [vectors] = await this.#session.run(this.#feeds(texts), this.pack.manifest.text.output);
    return forMetric(vectors!, this.pack);
  }

  /** The hidden states and the vector of one text, which a cross-encoder reads. @throws DotlightError "encoder" for a pack that does not give them */
  async encodeStates(text: Tokens): Promise<TextStates> {
    const { states, output } = this.pack.manifest.text;
    if (states === undefined)
      throw new DotlightError("encoder", `The pack "${this.pack.manifest.name}" gives no hidden states.`, "Use a pack that re-ranks.");
    const [hidden, vector] = await this.#session.run(this.#feeds([text]), states, output);
    const { length } = text.ids;
    const { padding, maxTokens } = this.pack.manifest.text;
    return { hidden, length: padding?.always ? maxTokens : length, tokens: length, vector: forMetric(vector, this.pack) };
  }

  #feeds(texts: Tokens[]): Feeds {
    const { inputs, padding, maxTokens } = this.pack.manifest.text;
    const length = padding?.always ? maxTokens : Math.max(...texts.map(({ ids }) => ids.length));
    const data = new BigInt64Array(texts.length * length).fill(BigInt(padding?.id ?? 0));
    const mask = new BigInt64Array(texts.length * length);
    for (const [row, { ids }] of texts.entries()) {
      for (const [i, id] of ids.entries()) {
        data[row * length + i] = BigInt(id);
        mask[row * length + i] = 1n;
      }
    }
    const dims = [texts.length, length];
    return { [inputs.ids]: { type: "int64", data, dims }, ...(inputs.mask ? { [inputs.mask]: { type: "int64", data: mask, dims } } : {}) };
  }
}

/** Vectors of a pack that says "cosine" are made unit vectors, so that every score is an inner product. */
export function forMetric(vectors: Float32Array, { manifest }: Pack): Float32Array {
  if (manifest.metric === "dot") return vectors;
  for (let at = 0; at < vectors.length; at += manifest.dimension) {
    const row = vectors.subarray(at, at + manifest.dimension);
    const length = Math.hypot(...row);
    if (length > 0) for (let i = 0; i < row.length; i++) row[i] = row[i]! / length;
  }
  return vectors;
}
