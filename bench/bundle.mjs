// Builds what the bench's page runs into bench/.build: the page, its workers and the kernels.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../scripts/shared.mjs";

const bench = join(root, "bench");
export const built = join(bench, ".build");

const KERNEL_FLAGS = [
  ...["--enable", "simd", "--enable", "relaxed-simd", "--enable", "threads"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
  ...["--runtime", "stub", "--noAssert", "-O3", "--converge"],
];

/** As vite.shared.ts has it for the page: the glue of tokenizers-wasm imports its module as this project binds it. */
export const tokenizersBinding = {
  name: "tokenizers-binding",
  setup: ({ onResolve }) =>
    onResolve({ filter: /tokenizers_wasm_bg\.wasm$/ }, () => ({ path: join(root, "src/encoders/tokenizers-binding.ts") })),
};

export async function bundle() {
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built);
  const asc = join(root, "node_modules/assemblyscript/bin/asc.js");
  const kernels = [join(bench, "kernels/kernels.ts"), "--outFile", join(built, "kernels.wasm")];
  execFileSync(process.execPath, [asc, ...kernels, ...KERNEL_FLAGS], { stdio: ["ignore", "ignore", "inherit"] });
  await build({
    entryPoints: [
      ...["page", "worker", "codes-thread"].map((name) => ({ in: join(bench, "page", `${name}.ts`), out: name })),
      { in: join(bench, "speed/worker.ts"), out: "speed" },
      { in: join(root, "workers/scan-thread.ts"), out: "scan-thread" },
    ],
    outdir: built,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2023",
    minify: true,
    publicPath: "/",
    loader: { ".wasm": "file" },
    plugins: [tokenizersBinding],
    conditions: ["onnxruntime-web-use-extern-wasm"],
    logLevel: "error",
  });
}
