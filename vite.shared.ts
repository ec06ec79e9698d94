import { fileURLToPath } from "node:url";

/** tokenizers-wasm's glue imports its .wasm as a module; our binding stands in (src/encoders/tokenizers-binding.ts). */
export const tokenizersAlias = {
  find: /^\.\/tokenizers_wasm_bg\.wasm$/,
  replacement: fileURLToPath(new URL("./src/encoders/tokenizers-binding.ts", import.meta.url)),
};
