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

export class Tokenizer {
  readonly #wasm: glue.TokenizerWasm;

  private constructor(
    wasm: glue.TokenizerWasm,
    readonly maxTokens: number,
  ) {
    this.#wasm = wasm;
  }

  /**
   * @param json the pack's tokenizer.json
   * @param wasm the bytes of tokenizers_wasm_bg.wasm
   * @throws DotlightError "encoder" for a tokenizer.json that tokenizers-wasm cannot read
   */
  static async load(json: string, wasm: BufferSource, maxTokens: number): Promise<Tokenizer> {
    await instantiated(wasm);
    try {
      return new Tokenizer(new glue.TokenizerWasm(withStringMerges(json)), maxTokens);
    } catch (error) {
      throw new DotlightError(
        "encoder",
        `The pack's tokenizer.json cannot be read (${error instanceof Error ? error.message : error}).`,
        "Use a pack with a tokenizer.json of Hugging Face tokenizers.",
      );
    }
  }

  /** Tokenizes one text; NFC first, so that one word typed two ways is one word. Any characters at all have tokens. */
  encode(text: string): Tokens {
    const encoding = this.#wasm.encode(text.slice(0, MOST_CHARACTERS).normalize("NFC"), true);
    const ids = Array.from(encoding.input_ids);
    encoding.free();
    if (ids.length <= this.maxTokens) return { ids, truncated: text.length > MOST_CHARACTERS };
    return { ids: [...ids.slice(0, this.maxTokens - 1), ids.at(-1)!], truncated: true };
  }
}

let instance: Promise<void> | undefined;

/** One module serves every tokenizer: a second one would take the glue away from the tokenizers of the first. */
function instantiated(wasm: BufferSource): Promise<void> {
  instance ??= WebAssembly.instantiate(wasm, { "./tokenizers_wasm_bg.js": glue as unknown as WebAssembly.ModuleImports }).then((made) =>
    bind(made.instance.exports),
  );
  return instance;
}

/** tokenizers-wasm panics on merges written as pairs, the newer form: they are joined with a space. */
function withStringMerges(json: string): string {
  const data = JSON.parse(json) as { model?: { merges?: (string | [string, string])[] } };
  if (data.model?.merges?.some((merge) => Array.isArray(merge))) {
    data.model.merges = data.model.merges.map((merge) => (Array.isArray(merge) ? merge.join(" ") : merge));
    return JSON.stringify(data);
  }
  return json;
}
