import tokenizerUrl from "tokenizers-wasm/tokenizers_wasm_bg.wasm?url";

/** The tokenizer's own WebAssembly, from the page's files. */
export const tokenizerWasm = async (): Promise<ArrayBuffer> => (await fetch(new URL(tokenizerUrl, self.location.href))).arrayBuffer();
