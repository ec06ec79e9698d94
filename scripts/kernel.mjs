// Compiles the SIMD kernels and writes them as a module of base64: a few kilobytes each, so that browser, worker and Node load them alike.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "src/retrieval/kernel/assembly");
const target = join(root, "src/retrieval/kernel/kernel.generated.ts");
/** With threads the memory is shared, which not every page may do; relaxed SIMD is not in every browser. */
const SHARED = ["--enable", "threads", "--sharedMemory", "--maximumMemory", "65536"];
const RELAXED = ["--enable", "relaxed-simd"];
const BUILDS = { plain: [], relaxed: RELAXED, plainShared: SHARED, relaxedShared: [...RELAXED, ...SHARED] };

const age = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = [fileURLToPath(import.meta.url), ...readdirSync(folder).map((name) => join(folder, name))];
if (age(target) <= Math.max(...sources.map(age))) {
  const out = mkdtempSync(join(tmpdir(), "dotlight-kernel-"));
  const asc = join(root, "node_modules/assemblyscript/bin/asc.js");
  const lines = Object.entries(BUILDS).map(([name, features]) => {
    const wasm = join(out, `${name}.wasm`);
    // 112: a vector as a parameter, which no host could pass; none does.
    const flags = [
      "--disableWarning",
      "112",
      "--enable",
      "simd",
      ...features,
      "--runtime",
      "stub",
      "--noAssert",
      "--importMemory",
      "-O3",
      "--converge",
    ];
    execFileSync(process.execPath, [asc, join(folder, "scan.ts"), "--outFile", wasm, ...flags], { stdio: "inherit" });
    return `  ${name}: "${readFileSync(wasm).toString("base64")}",\n`;
  });
  rmSync(out, { recursive: true });
  writeFileSync(
    target,
    `/** The compiled kernels (scripts/kernel.mjs), base64. */\nexport const KERNELS = {\n${lines.join("")}} as const;\n`,
  );
}
