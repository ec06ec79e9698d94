import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Relative base: the same build works at the root of a host and below any sub-path (GitHub Pages project sites).
export default defineConfig({
  base: "./",
  plugins: [react()],
  // Without this condition Vite would bundle a second copy of onnxruntime's wasm.
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser", "development|production"] },
  worker: { format: "es" },
  build: { target: "es2023", outDir: "dist/site", assetsInlineLimit: 0 },
});
