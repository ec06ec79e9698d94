/**
 * `length` floats, shared between workers or not. They lie in a WebAssembly memory, because an ArrayBuffer ends at 2 GB in
 * Chromium and a million rows of 768 are 3.
 */
export function floats(length: number, shared: boolean): Float32Array {
  const pages = Math.ceil((length * 4) / 65536);
  return new Float32Array(new WebAssembly.Memory({ initial: pages, maximum: pages, shared }).buffer, 0, length);
}
