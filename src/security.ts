/**
 * What the page may load and run: its own files, WebAssembly, and pictures it made itself. `connect-src` and `img-src` let in https
 * hosts and this machine, for galleries opened by their address. No inline script, no eval.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data: https: http://localhost:*",
  "connect-src 'self' https: http://localhost:*",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
