import wasm from "libheif-js/libheif-wasm/libheif.wasm?url";
import { HeifDecoder } from "../src/encoders/heif";
import { readAsset } from "./asset";

/** libheif as two files of its own beside the page's, so that it can be replaced: LGPL-3.0. The service worker keeps them once they were used. */
export const heif = new HeifDecoder(async () => {
  const [{ default: libheif }, wasmBinary] = await Promise.all([import("libheif-js/libheif-wasm/libheif.js"), readAsset(wasm)]);
  return libheif({ wasmBinary });
});
