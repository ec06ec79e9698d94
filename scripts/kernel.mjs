// Compiles the SIMD kernel and writes it as a module of base64: about a kilobyte, so that browser, worker and Node load it alike.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src/retrieval/kernel/assembly/scan.ts");
const target = join(root, "src/retrieval/kernel/kernel.generated.ts");

const age = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (age(target) <= Math.max(age(source), age(fileURLToPath(import.meta.url)))) {
  const folder = mkdtempSync(join(tmpdir(), "dotlight-kernel-"));
  const wasm = join(folder, "kernel.wasm");
  const asc = join(root, "node_modules/assemblyscript/bin/asc.js");
  const flags = ["--enable", "simd", "--runtime", "stub", "--noAssert", "--importMemory", "-O3", "--converge"];
  execFileSync(process.execPath, [asc, source, "--outFile", wasm, ...flags], { stdio: "inherit" });
  const base64 = readFileSync(wasm).toString("base64");
  rmSync(folder, { recursive: true });
  writeFileSync(target, `/** The compiled kernel (scripts/kernel.mjs), base64. */\nexport const KERNEL = "${base64}";\n`);
}
