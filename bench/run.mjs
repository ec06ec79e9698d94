// npm run bench: every engine on the same vectors in one run, interleaved; results.json and a table (see README.md).
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../scripts/shared.mjs";
import { startBrowser } from "./browser.mjs";
import { bill } from "./clusters/bill.mjs";
import { clusters } from "./clusters/run.mjs";
import { instancesFor } from "./engines.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { label, measure } from "./measure.mjs";
import { startNative } from "./native.mjs";
import { readOptions } from "./options.mjs";
import { machine, merge, readResults, table, writeResults } from "./results.mjs";
import { python, setUp } from "./setup.mjs";
import { speed } from "./speed/run.mjs";
import { tab } from "./tab/run.mjs";

const log = (line) => console.error(line);

/** Which sets: [name, n, dim]; a real one has its own size. */
function setsOf({ sets, sizes, dims }) {
  return sets.flatMap((name) => (name === "grown" ? sizes.flatMap((n) => dims.map((dim) => [name, n, dim])) : [[name, 0, 0]]));
}

/** Has vectors/ write the set, unless it has before; returns its folder and size. */
function vectorsOf(name, n, dim, { data, cache }) {
  const args = [join(root, "bench/vectors"), name, String(n), String(dim), "--data", data, "--cache", cache];
  return JSON.parse(execFileSync(python, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

async function run(options) {
  await setUp();
  const hosts = { browser: await startBrowser(), native: await startNative() };
  const about = { machine: machine(), date: new Date().toISOString() };
  const measured = [];
  try {
    for (const [name, n, dim] of setsOf(options)) {
      const set = vectorsOf(name, n, dim, options);
      if (set.missing) {
        log(`\n${name} is not measured: ${set.missing.join(", ")} is not there (DOTLIGHT_DATA names the folder).`);
        continue;
      }
      log(`\n${set.set}: ${set.n} x ${set.dim}`);
      const instances = instancesFor(options.engines, set.n, options.threads, options.named);
      const { rows, missing, checks } = await measure(set, instances, hosts, options.rounds, log);
      measured.push(...rows);
      // Written after every set: a run that ends early has lost nothing.
      writeResults(merge(readResults(), rows, about, checks && { set: set.set, n: set.n, dim: set.dim, ...checks }));
      if (options.jsonOnly) continue;
      console.log(`\n${set.set}, ${set.n} x ${set.dim}, one query at a time, ${about.machine}\n\n${table(rows)}`);
      if (checks)
        console.log(
          `\ndotlight: ${JSON.stringify(checks, (_, value) => (typeof value === "number" ? Number(value.toPrecision(3)) : value))}`,
        );
      for (const { instance, why } of missing) console.log(`${label(instance)}: not measured: ${why}`);
    }
  } finally {
    await hosts.browser.close();
    await hosts.native.close();
  }
  if (options.jsonOnly) console.log(JSON.stringify({ ...about, rows: measured }));
}

try {
  if (process.argv[2] === "lighthouse") await lighthouse();
  else if (process.argv[2] === "speed") await speed(process.argv.slice(3));
  else if (process.argv[2] === "clusters") await clusters(process.argv.slice(3));
  else if (process.argv[2] === "bill") bill();
  else if (process.argv[2] === "tab") await tab(process.argv.slice(3));
  else await run(readOptions());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
