import { defineConfig } from "vitest/config";
import { tokenizersAlias } from "./vite.shared.ts";

export default defineConfig({
  resolve: { alias: [tokenizersAlias] },
  test: {
    include: ["src/**/*.test.ts", "workers/**/*.test.ts", "training/diorama/**/*.test.ts"],
    // Inlined, so that the alias reaches the import inside it.
    server: { deps: { inline: ["tokenizers-wasm"] } },
    testTimeout: 30_000,
  },
});
