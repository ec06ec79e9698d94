import * as glue from "tokenizers-wasm/tokenizers_wasm_bg.js";
import { DotlightError } from "../files/errors";
import { bind } from "./tokenizers-binding";

/** Token ids of a text, [CLS] first and [SEP] last. */
export interface Tokens {
  ids: number[];
  /** The text had more tokens than the encoder reads; the rest was left out. */
  truncated: boolean;
}

/** Longer texts are cut before they are tokenized: far more characters than any encoder reads. */
const MOST_CHARACTERS = 4000;

/** What a tokenizer does with a text, whoever's it is. */
type Encode = (text: string) => number[];

/**
 * Strings on which two tokenizers of one tokenizer.json are most likely to differ: apostrophes, composed and decomposed letters, several scripts,
 * controls, joined emoji, special tokens, runs of spaces.
 */
const PROBES = [
  "a photo of two dogs, a cat's toy and 1234 birds!",
  "Stra\u00dfe, caf\u00e9, cafe\u0301, na\u00efve \u0130stanbul \ufb01ne",
  "\u3072\u3068\u3064\u306e\u8d64\u3044\u8eca \u7ea2\u8272\u7684\u6c7d\u8f66 \ube68\uac04 \ucc28 \u043a\u0440\u0430\u0441\u043d\u044b\u0439",
  "\u0e23\u0e16\u0e2a\u0e35\u0e41\u0e14\u0e07 \u0627\u0644\u0633\u064a\u0627\u0631\u0629 \u05de\u05db\u05d5\u05e0\u05d9\u05ea",
  "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\uddeb\ud83c\uddf7 \u2764\ufe0f",
  "  tabs\tand\nlines   and \u00a0 \u2003 spaces ",
  "<|endoftext|> </s> [SEP] <unk> it's don't WE'LL",
  "x\u0000y \u200b z \ufffd",
];

export class Tokenizer {
  readonly #encode: Encode;

  private constructor(
    encode: Encode,
    readonly maxTokens: number,
    /** Why @huggingface/tokenizers stands in for tokenizers-wasm; undefined where it does not. */
    readonly fallback: string | undefined,
  ) {
    this.#encode = encode;
  }

  /**
   * @param json the pack's tokenizer.json
   * @param wasm the bytes of tokenizers_wasm_bg.wasm
   * @param options `compare`: tokenizers-wasm has not been tried on this file, so it is held against @huggingface/tokenizers, which is taken where they differ
   * @throws DotlightError "encoder" for a tokenizer.json that neither can read
   */
  static async load(
    json: string,
    wasm: BufferSource,
    maxTokens: number,
    options: { lowercase?: boolean; compare?: boolean } = {},
  ): Promise<Tokenizer> {
    await instantiated(wasm);
    const made = (encode: Encode, fallback?: string) =>
      new Tokenizer(options.lowercase ? (text) => encode(text.toLowerCase()) : encode, maxTokens, fallback);
    const native = ofWasm(json);
    if (!options.compare && typeof native === "function") return made(native);
    const other = await ofHuggingFace(json);
    if (typeof native === "string") {
      if (typeof other === "function") return made(other, `tokenizers-wasm cannot read its tokenizer.json (${native})`);
      throw new DotlightError(
        "encoder",
        `The pack's tokenizer.json cannot be read (${native}).`,
        "Use a pack with a tokenizer.json of Hugging Face tokenizers.",
      );
    }
    if (typeof other === "string") return made(native);
    const differs = PROBES.find((probe) => !same(native, other, probe));
    return differs === undefined
      ? made(native)
      : made(other, `tokenizers-wasm has other tokens for ${JSON.stringify(differs.slice(0, 24))}`);
  }

  /** Tokenizes one text; NFC first, so that one word typed two ways is one word. Any characters at all have tokens. */
  encode(text: string): Tokens {
    const ids = this.#encode(text.slice(0, MOST_CHARACTERS).normalize("NFC"));
    if (ids.length <= this.maxTokens) return { ids, truncated: text.length > MOST_CHARACTERS };
    return { ids: [...ids.slice(0, this.maxTokens - 1), ids.at(-1)!], truncated: true };
  }
}

/** Whether both give a text the same tokens; one that fails on it gives none. */
function same(one: Encode, other: Encode, text: string): boolean {
  try {
    return one(text).join() === other(text).join();
  } catch {
    return false;
  }
}

/** By tokenizers-wasm; its message where it cannot read the file. */
export function ofWasm(json: string): Encode | string {
  try {
    const tokenizer = new glue.TokenizerWasm(readable(json));
    return (text) => {
      const encoding = tokenizer.encode(text, true);
      const ids = Array.from(encoding.input_ids);
      encoding.free();
      return ids;
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** By @huggingface/tokenizers, which is loaded here; its message where it cannot read the file. */
export async function ofHuggingFace(json: string): Promise<Encode | string> {
  const { Tokenizer: Other } = await import("@huggingface/tokenizers");
  try {
    const tokenizer = new Other(JSON.parse(json), {});
    return (text) => tokenizer.encode(text).ids;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

let instance: Promise<void> | undefined;

/** One module serves every tokenizer: a second one would take the glue away from the tokenizers of the first. */
export function instantiated(wasm: BufferSource): Promise<void> {
  instance ??= WebAssembly.instantiate(wasm, { "./tokenizers_wasm_bg.js": glue as unknown as WebAssembly.ModuleImports }).then((made) =>
    bind(made.instance.exports),
  );
  return instance;
}

/**
 * tokenizers-wasm panics on merges written as pairs, the newer form: they are joined with a space. Padding and truncation are the encoder's
 * business here, whatever the file says of them.
 */
function readable(json: string): string {
  const data = JSON.parse(json) as { padding?: unknown; truncation?: unknown; model?: { merges?: (string | [string, string])[] } };
  if (data.model?.merges) data.model.merges = data.model.merges.map((merge) => (Array.isArray(merge) ? merge.join(" ") : merge));
  return JSON.stringify({ ...data, padding: null, truncation: null });
}
