import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import type { CreateEngine } from "./adapter";
import { dotModel } from "./onnx-model";

/** onnxruntime-web, WASM: one matrix product over float32 rows and a TopK of 10. */
export const createEngine: CreateEngine = (_mode, threads) => {
  const wanted = 10;
  let session: InferenceSession | undefined;
  return {
    async build(rows, n, dim) {
      env.wasm.wasmPaths = new URL("/ort/", self.location.href).href;
      env.wasm.numThreads = threads;
      session = await InferenceSession.create(dotModel(n, dim, Math.min(wanted, n)), {
        externalData: [{ path: "rows.f32", data: new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength) }],
      });
      return { bytesPerRow: dim * 4 };
    },
    async search(query, k) {
      const { scores, best } = await session!.run({ query: new Tensor("float32", query, [1, query.length]) });
      const rows = Uint32Array.from(best!.data as BigInt64Array, Number).subarray(0, k);
      scores!.dispose();
      best!.dispose();
      return rows;
    },
    async close() {
      await session?.release();
    },
  };
};
