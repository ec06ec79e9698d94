import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { CONTENT_SECURITY_POLICY } from "./src/security.ts";
import { tokenizersAlias } from "./vite.shared.ts";

/** Tells the service worker which files make up the page, and gives it a version that changes with any of them. */
function shellList(): Plugin {
  return {
    name: "dotlight-shell",
    enforce: "post",
    generateBundle(_options, bundle) {
      const service = bundle["service.js"];
      if (service?.type !== "chunk") return;
      // onnxruntime's WebGPU build is 27 MB: fetched only where it is used. Without a network the encoders fall back to WASM.
      const all = Object.keys(bundle).filter((name) => !/service\.js$|asyncify|\.map$|index\.html$/.test(name));
      // The decoder for HEIC, which most visitors never meet, is kept when it has been used.
      const [files, onUse] = [all.filter((name) => !/libheif/.test(name)), all.filter((name) => /libheif/.test(name))];
      const version = createHash("sha256").update(all.join()).update(service.code).digest("hex").slice(0, 16);
      const shell = { version, files: ["./", "icon.svg", "manifest.webmanifest", ...files.sort()], onUse };
      service.code = `const SHELL = ${JSON.stringify(shell)};\n${service.code}`;
    },
  };
}

/** The policy for hosts that cannot send headers. */
function policy(): Plugin {
  return {
    name: "dotlight-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY }, injectTo: "head-prepend" },
    ],
  };
}

// Relative base: the same build works at the root of a host and below any sub-path (GitHub Pages project sites).
export default defineConfig({
  base: "./",
  plugins: [react(), policy(), shellList()],
  resolve: {
    alias: [tokenizersAlias],
    // Without this condition Vite would bundle a second copy of onnxruntime's wasm.
    conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser", "development|production"],
  },
  optimizeDeps: { exclude: ["tokenizers-wasm", "onnxruntime-web"] },
  worker: { format: "es" },
  build: {
    target: "es2023",
    outDir: "dist/site",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: fileURLToPath(new URL("index.html", import.meta.url)),
        service: fileURLToPath(new URL("workers/service.ts", import.meta.url)),
      },
      output: { entryFileNames: (chunk) => (chunk.name === "service" ? "service.js" : "assets/[name]-[hash].js") },
    },
  },
});
