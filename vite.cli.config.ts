import { defineConfig } from "vite";
import { tokenizersAlias } from "./vite.shared.ts";

// The CLI is one Node bundle; what has native parts or its own files stays an import.
export default defineConfig({
  publicDir: false,
  resolve: { alias: [tokenizersAlias] },
  ssr: { noExternal: ["tokenizers-wasm"], external: ["libheif-js", "onnxruntime-web", "onnxruntime-node", "sharp"] },
  build: {
    ssr: "src/cli/dotlight.ts",
    outDir: "dist/cli",
    target: "node20",
    minify: false,
    rollupOptions: { output: { entryFileNames: "dotlight.js", banner: "#!/usr/bin/env node" } },
  },
});
