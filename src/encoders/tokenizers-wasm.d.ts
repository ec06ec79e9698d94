declare module "tokenizers-wasm/tokenizers_wasm_bg.js" {
  export * from "tokenizers-wasm";
}
