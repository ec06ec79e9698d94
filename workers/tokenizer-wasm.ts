import tokenizerUrl from "tokenizers-wasm/tokenizers_wasm_bg.wasm?url";
import { readAsset } from "./asset";

/** The tokenizer's own WebAssembly, from the page's files. */
export const tokenizerWasm = (): Promise<Uint8Array<ArrayBuffer>> => readAsset(tokenizerUrl);
