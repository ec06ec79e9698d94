import { expect, it } from "vitest";
import { type Backend, Runtime } from "./runtime";

/** Identity of one float, in ONNX's protobuf. */
const IDENTITY = "CAg6LwoQCgF4EgF5IghJZGVudGl0eRIBZ1oLCgF4EgYKBAgBEgBiCwoBeRIGCgQIARIAQgIQDQ==";

const backend = (kind: "webgpu" | "wasm"): Backend => ({
  device: { kind },
  load: async () => ({ ort: await import("onnxruntime-web"), options: { executionProviders: [kind] } }),
});

it("a model's bytes are given back as soon as onnxruntime has them, and read again for another backend", async () => {
  const read: Uint8Array[] = [];
  const model = async () => {
    const bytes = Uint8Array.from(atob(IDENTITY), (character) => character.charCodeAt(0));
    read.push(bytes);
    return bytes;
  };
  // Node has no WebGPU.
  const runtime = new Runtime([backend("webgpu"), backend("wasm")]);
  const session = await runtime.session(model);
  expect(read.map(({ length }) => length)).toEqual([55]);
  const run = () => session.run({ x: { type: "float32", data: Float32Array.of(7), dims: [] } }, "y");
  expect(await run()).toEqual([Float32Array.of(7)]);
  expect(runtime.device).toMatchObject({ kind: "wasm", reason: expect.stringContaining("webgpu failed") });
  expect(read.map(({ length }) => length)).toEqual([0, 0]);
  await run();
  expect(read).toHaveLength(2);
});
