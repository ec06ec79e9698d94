/**
 * Stands in for `tokenizers_wasm_bg.wasm` in tokenizers-wasm's glue, which was built for bundlers that import .wasm as a module. Vite aliases
 * the import to this file; bind() fills the live bindings once the real module is instantiated.
 */
export let memory: WebAssembly.Memory;
export let __wbg_encodingwasm_free: unknown;
export let __wbg_tokenizerwasm_free: unknown;
export let __wbindgen_exn_store: unknown;
export let __wbindgen_malloc: unknown;
export let __wbindgen_realloc: unknown;
export let encodingwasm_get_ids: unknown;
export let encodingwasm_get_tokens: unknown;
export let tokenizerwasm_encode: unknown;
export let tokenizerwasm_from_buffer: unknown;

export function bind(exports: WebAssembly.Exports): void {
  memory = exports.memory as WebAssembly.Memory;
  ({
    __wbg_encodingwasm_free,
    __wbg_tokenizerwasm_free,
    __wbindgen_exn_store,
    __wbindgen_malloc,
    __wbindgen_realloc,
    encodingwasm_get_ids,
    encodingwasm_get_tokens,
    tokenizerwasm_encode,
    tokenizerwasm_from_buffer,
  } = exports);
}
