/**
 * A GPU to scan with. Software adapters are slower than the kernel and passed over unless `software`.
 * @throws Error that says why there is none
 */
export async function openDevice(software = false): Promise<GPUDevice> {
  const { gpu } = navigator as { gpu?: GPU };
  if (!gpu) throw new Error("this browser has no WebGPU here");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("no WebGPU adapter was found");
  if (!software && isSoftware(adapter.info)) throw new Error("the WebGPU adapter is this machine's processor");
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  return adapter.requestDevice({ requiredLimits: { maxStorageBufferBindingSize, maxBufferSize } });
}

/** `isFallbackAdapter` is not in every browser yet. */
const isSoftware = ({ isFallbackAdapter, architecture, description }: GPUAdapterInfo): boolean =>
  isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${architecture} ${description}`);

/** Whether the shader language multiplies four bytes at once. */
export function hasPacked(): boolean {
  return (navigator as { gpu: GPU }).gpu.wgslLanguageFeatures?.has("packed_4x8_integer_dot_product") ?? false;
}

/** Does what a device is asked to at once, and waits for it; the device's errors would otherwise reach nobody. @throws Error the first of them */
export async function checked<T>(device: GPUDevice, work: () => T | Promise<T>): Promise<T> {
  const filters = ["validation", "out-of-memory", "internal"] as const;
  for (const filter of filters) device.pushErrorScope(filter);
  const result = work();
  // Scopes hold what was called between: they are closed before anything is waited for.
  const [done, ...errors] = await Promise.all([result, ...filters.map(() => device.popErrorScope())]);
  const error = errors.find((each) => each !== null);
  if (error) throw new Error(error.message.split("\n")[0]);
  return done;
}
