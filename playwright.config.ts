import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "./scripts/chromium.mjs";

export default defineConfig({
  testDir: "e2e",
  workers: 1,
  fullyParallel: false,
  reporter: [["list"]],
  timeout: 60_000,
  use: {
    baseURL: "http://localhost:4174",
    launchOptions: chromiumOptions(),
  },
  webServer: { command: "node dist/cli/dotlight.js serve dist/site --port 4174", url: "http://localhost:4174", reuseExistingServer: false },
});
