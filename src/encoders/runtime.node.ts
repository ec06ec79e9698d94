import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { Backend, Ort } from "./runtime";
import { Runtime } from "./runtime";

/** onnxruntime-node where somebody has installed it, onnxruntime-web (WASM) otherwise and on any failure; on so many threads. */
export function nodeRuntime(threads = availableParallelism()): Runtime {
  const native: Backend = {
    device: { kind: "native" },
    // The name is kept from the bundler: the package is optional.
    load: async () => ({
      ort: (await import(/* @vite-ignore */ ["onnxruntime", "node"].join("-"))) as Ort,
      options: { intraOpNumThreads: threads },
    }),
  };
  const wasm: Backend = {
    device: { kind: "wasm" },
    load: async () => {
      const ort = await import("onnxruntime-web");
      ort.env.wasm.numThreads = threads;
      return { ort, options: {} };
    },
  };
  return new Runtime(hasNative() ? [native, wasm] : [wasm]);
}

function hasNative(): boolean {
  try {
    createRequire(import.meta.url).resolve("onnxruntime-node");
    return true;
  } catch {
    return false;
  }
}

export function tokenizerWasm(): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(createRequire(import.meta.url).resolve("tokenizers-wasm/tokenizers_wasm_bg.wasm"));
}
