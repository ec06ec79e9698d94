import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { HeifDecoder } from "./heif";

/** The decoder that the page has too, from its npm package. */
export const nodeHeif = new HeifDecoder(async () => {
  const [{ default: libheif }, wasmBinary] = await Promise.all([
    import("libheif-js/libheif-wasm/libheif.js"),
    readFile(createRequire(import.meta.url).resolve("libheif-js/libheif-wasm/libheif.wasm")),
  ]);
  return libheif({ wasmBinary });
});
