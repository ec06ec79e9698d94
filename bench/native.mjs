// The native engines: one long-lived Python process (native.py) that reads and writes a line of JSON a request.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../scripts/shared.mjs";
import { python } from "./setup.mjs";

export async function startNative() {
  // Threads that wait must not spin: another engine is being timed.
  const env = { ...process.env, OMP_WAIT_POLICY: "passive", OPENBLAS_NUM_THREADS: "1" };
  const child = spawn(python, [join(root, "bench/native.py")], { stdio: ["pipe", "pipe", "inherit"], env });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { done, failed } = waiting.shift();
    const { error, value } = JSON.parse(line);
    if (error) failed(new Error(error));
    else done(value);
  });
  let ended = false;
  child.on("exit", (code) => {
    ended = true;
    for (const { failed } of waiting.splice(0)) failed(new Error(`native.py ended with ${code}, probably out of memory`));
  });
  const call = (request) =>
    new Promise((done, failed) => {
      if (ended) return failed(new Error("native.py has ended"));
      waiting.push({ done, failed });
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });

  return {
    load: ({ folder, n, dim }) => call({ op: "load", folder, n, dim }),
    build: ({ id, threads }) => call({ op: "build", id, threads }),
    search: ({ id, threads }, queries, k) => call({ op: "search", id, threads, queries, k }),
    async close() {
      child.stdin.end();
    },
  };
}
