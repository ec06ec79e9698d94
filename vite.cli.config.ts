import { defineConfig } from "vite";

// The CLI is one Node bundle; what has native parts or its own files stays an import.
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "src/cli/dotlight.ts",
    outDir: "dist/cli",
    target: "node20",
    rollupOptions: { output: { entryFileNames: "dotlight.js", banner: "#!/usr/bin/env node" } },
  },
});
