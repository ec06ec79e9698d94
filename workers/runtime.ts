import webgpuGlue from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import webgpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import cpuGlue from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import cpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { Backend } from "../src/encoders/runtime";
import { Runtime } from "../src/encoders/runtime";
import { release } from "../src/files/source";
import { sharesMemory } from "../src/retrieval/shared-memory";
import { readAsset } from "./asset";

/** "auto" takes WebGPU where there is an adapter. */
export type DeviceChoice = "auto" | "webgpu" | "wasm";

/** The smallest model, an Identity in ONNX's protobuf: onnxruntime starts when the first session is made, of whatever model. */
const SMALLEST = Uint8Array.from(atob("CAg6LwoQCgF4EgF5IghJZGVudGl0eRIBZ1oLCgF4EgYKBAgBEgBiCwoBeRIGCgQIARIAQgIQDQ=="), (character) =>
  character.charCodeAt(0),
);

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
      const [ort, binary] = await Promise.all([import("onnxruntime-web/wasm"), readAsset(cpuWasm, { onBytes }), imported(cpuGlue)]);
      const options = { executionProviders: ["wasm"] };
      await start(ort, options, cpuGlue, binary);
      return { ort, options };
    },
  };
  const webgpu: Backend = {
    device: { kind: "webgpu" },
    load: async () => {
      const [ort, binary] = await Promise.all([import("onnxruntime-web/webgpu"), readAsset(webgpuWasm, { onBytes }), imported(webgpuGlue)]);
      const options = { executionProviders: ["webgpu"] };
      await start(ort, options, webgpuGlue, binary);
      return { ort, options };
    },
  };
  return new Runtime(reason ? [wasm] : [webgpu, wasm]);
}

const absolute = (glue: string) => new URL(glue, self.location.href).href;

/** Reads onnxruntime's glue beside its large part, so that it is there when onnxruntime imports it; what is wrong with it is said then. */
const imported = (glue: string): Promise<unknown> => import(/* @vite-ignore */ absolute(glue)).catch(() => undefined);

/** Starts onnxruntime, whose large part has been fetched so that its progress could be seen, and which keeps a copy of that. */
async function start(
  { env, InferenceSession }: typeof import("onnxruntime-common"),
  options: { executionProviders: string[] },
  glue: string,
  binary: Uint8Array<ArrayBuffer>,
): Promise<void> {
  env.wasm.wasmPaths = { mjs: absolute(glue) };
  // As a buffer: of a view it makes another copy.
  env.wasm.wasmBinary = binary.buffer;
  // Threads share memory, which only an isolated page may do. One core is left to the page: it has to paint meanwhile.
  env.wasm.numThreads = sharesMemory() ? Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency - 1)) : 1;
  await (await InferenceSession.create(SMALLEST, options)).release();
  release([binary]);
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
