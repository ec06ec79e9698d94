/**
 * What the page may load and run: its own files, WebAssembly, and pictures it made itself. `connect-src` lets in https hosts
 * and this machine, for galleries opened by their address and for the engines that these name; their pictures come that way too, verified. No inline
 * script, no eval.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self' https: http://localhost:*",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
