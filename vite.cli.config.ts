import { chmodSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";
import { tokenizersAlias } from "./vite.shared.ts";

// The CLI and the API for Node share their bundle; what has native parts or its own files stays an import.
export default defineConfig({
  publicDir: false,
  plugins: [
    {
      // npx runs the file itself; npm makes it executable only where it is there before the build.
      name: "executable",
      writeBundle: ({ dir }) => chmodSync(join(dir!, "dotlight.js"), 0o755),
    },
  ],
  resolve: { alias: [tokenizersAlias] },
  ssr: { noExternal: ["tokenizers-wasm", "umap-js"], external: ["libheif-js", "onnxruntime-web", "onnxruntime-node", "sharp"] },
  build: {
    ssr: true,
    outDir: "dist/cli",
    target: "node20",
    minify: false,
    rollupOptions: {
      input: { dotlight: "src/cli/dotlight.ts", api: "src/api/node.node.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        banner: ({ name }) => (name === "dotlight" ? "#!/usr/bin/env node" : ""),
      },
    },
  },
});
