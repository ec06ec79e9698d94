import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const program = fileURLToPath(new URL("./cli.ts", import.meta.url));
await runnerImport(program, { configFile: false, logLevel: "error" });
