import webgpuGlue from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import webgpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import cpuGlue from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import cpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { Backend } from "../src/encoders/runtime";
import { Runtime } from "../src/encoders/runtime";
import { sharesMemory } from "../src/retrieval/shared-memory";
import { readAsset } from "./asset";

/** "auto" takes WebGPU where there is an adapter. */
export type DeviceChoice = "auto" | "webgpu" | "wasm";

/** More threads than this do not help models this small. */
const MOST_THREADS = 4;

/**
 * onnxruntime on WebGPU where there is an adapter, on WASM otherwise; the device says which, and why not WebGPU. `onBytes` hears how much of
 * onnxruntime itself has been loaded.
 */
export async function browserRuntime(choice: DeviceChoice, onBytes: (loaded: number, total: number) => void): Promise<Runtime> {
  const reason = choice === "wasm" ? "chosen in the address" : await whyNoWebgpu();
  const wasm: Backend = {
    device: { kind: "wasm", ...(reason ? { reason } : {}) },
    load: async () => {
      const ort = await import("onnxruntime-web/wasm");
      await configure(ort.env.wasm, cpuGlue, cpuWasm, onBytes);
      return { ort, options: { executionProviders: ["wasm"] } };
    },
  };
  const webgpu: Backend = {
    device: { kind: "webgpu" },
    load: async () => {
      const ort = await import("onnxruntime-web/webgpu");
      await configure(ort.env.wasm, webgpuGlue, webgpuWasm, onBytes);
      return { ort, options: { executionProviders: ["webgpu"] } };
    },
  };
  return new Runtime(reason ? [wasm] : [webgpu, wasm]);
}

/** Where onnxruntime finds its parts. The large one is fetched here, so that its progress can be seen. */
async function configure(
  wasm: { wasmPaths?: unknown; wasmBinary?: ArrayBufferLike | Uint8Array; numThreads?: number },
  glue: string,
  binary: string,
  onBytes: (loaded: number, total: number) => void,
): Promise<void> {
  wasm.wasmPaths = { mjs: new URL(glue, self.location.href).href };
  wasm.wasmBinary = await readAsset(binary, { onBytes });
  // Threads share memory, which only an isolated page may do. One core is left to the page: it has to paint meanwhile.
  wasm.numThreads = sharesMemory() ? Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency - 1)) : 1;
}

/** Why the encoders cannot run on WebGPU; undefined when they can. */
async function whyNoWebgpu(): Promise<string | undefined> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<unknown> } };
  if (!gpu) return "this browser has no WebGPU here";
  try {
    return (await gpu.requestAdapter()) ? undefined : "no WebGPU adapter was found";
  } catch (error) {
    return `WebGPU failed: ${error instanceof Error ? error.message : error}`;
  }
}
