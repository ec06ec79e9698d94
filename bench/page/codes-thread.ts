// A helper thread of engines/codes.ts: waits to be woken, does its part, counts itself out.
import { CONTROL, controlOf, type Job, layout, runJob } from "../engines/codes-job";

interface Start {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  n: number;
  dim: number;
  thread: number;
}

self.onmessage = async ({ data: { module, memory, n, dim, thread } }: MessageEvent<Start>) => {
  const kernels = (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as Job["kernels"];
  const job: Job = { kernels, memory, at: layout(n, dim), n, dim };
  const control = controlOf(memory);
  let seen = Atomics.load(control, CONTROL.wake + thread);
  self.postMessage("ready");
  for (;;) {
    Atomics.wait(control, CONTROL.wake + thread, seen);
    seen = Atomics.load(control, CONTROL.wake + thread);
    runJob(job, thread, control);
    Atomics.sub(control, CONTROL.working, 1);
  }
};
