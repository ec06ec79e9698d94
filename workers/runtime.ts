import webgpuGlue from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import webgpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import cpuGlue from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import cpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { Backend } from "../src/encoders/runtime";
import { Runtime } from "../src/encoders/runtime";

/** "auto" takes WebGPU where there is an adapter. */
export type DeviceChoice = "auto" | "webgpu" | "wasm";

/** More threads than this do not help models this small. */
const MOST_THREADS = 4;

/** onnxruntime on WebGPU where there is an adapter, on WASM otherwise; the device says which, and why not WebGPU. */
export async function browserRuntime(choice: DeviceChoice): Promise<Runtime> {
  const reason = choice === "wasm" ? "chosen in the address" : await whyNoWebgpu();
  const wasm: Backend = {
    device: { kind: "wasm", ...(reason ? { reason } : {}) },
    load: async () => {
      const ort = await import("onnxruntime-web/wasm");
      configure(ort.env.wasm, cpuGlue, cpuWasm);
      return { ort, options: { executionProviders: ["wasm"] } };
    },
  };
  const webgpu: Backend = {
    device: { kind: "webgpu" },
    load: async () => {
      const ort = await import("onnxruntime-web/webgpu");
      configure(ort.env.wasm, webgpuGlue, webgpuWasm);
      return { ort, options: { executionProviders: ["webgpu"] } };
    },
  };
  return new Runtime(reason ? [wasm] : [webgpu, wasm]);
}

function configure(wasm: { wasmPaths?: unknown; numThreads?: number }, mjs: string, binary: string): void {
  wasm.wasmPaths = { mjs: new URL(mjs, self.location.href).href, wasm: new URL(binary, self.location.href).href };
  // Threads share memory, which only an isolated page may do.
  wasm.numThreads = self.crossOriginIsolated ? Math.min(MOST_THREADS, navigator.hardwareConcurrency) : 1;
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
