// What the tab of a clustered gallery takes, in a Chromium that no developer tools look at: they keep what is fetched in the tab's own process.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumOptions } from "../../scripts/chromium.mjs";

/** Asks all queries, one after the other, and says to the host after each that it has. */
const page = (given) => `<!doctype html><title>clusters</title><script type="module">
const { queries, probes, k } = ${JSON.stringify(given)};
const worker = new Worker("/worker.js", { type: "module" });
const call = (name, given) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data);
  worker.postMessage([name, given], [port2]);
});
const say = (what, { error = "" } = {}) => fetch("/said?" + new URLSearchParams({ what, error }));
await say("empty");
await say("opened", await call("open", { url: location.origin + "/", probes }));
for (const vector of queries) await say("answered", await call("search", { vector, k }));
await say("end");
</script>`;

/** Resident bytes of a process that no other shares; 0 when it has ended. */
function privateBytes(id) {
  try {
    const lines = readFileSync(`/proc/${id}/smaps_rollup`, "utf8").match(/^Private_\w+:\s+\d+/gm) ?? [];
    return lines.reduce((sum, line) => sum + Number(line.match(/\d+/)) * 1024, 0);
  } catch {
    return 0;
  }
}

/** Processes below this one that draw pages. */
function renderersOf(root) {
  const processes = new Map();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
      processes.set(Number(name), { parent, renderer: readFileSync(`/proc/${name}/cmdline`, "utf8").includes("--type=renderer") });
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (id) => id === root || (processes.has(id) && below(processes.get(id).parent));
  return [...processes].filter(([id, { renderer }]) => renderer && below(id)).map(([id]) => id);
}

/** Megabytes of the tab when it is empty, with the gallery open, at most after a query, and after all of them. */
export async function memoryOf(served, queries, { probes, k }) {
  const profile = mkdtempSync(join(tmpdir(), "dotlight-clusters-"));
  const { args, executablePath = chromium.executablePath() } = chromiumOptions();
  let browser;
  try {
    const said = await new Promise((done, failed) => {
      const all = [];
      served.pages.set("/memory", () => page({ queries, probes, k }));
      served.pages.set("/said", ({ searchParams }) => {
        const { what, error } = Object.fromEntries(searchParams);
        if (error) failed(new Error(error));
        else if (what === "end") done(all);
        else all.push({ what, of: new Map(renderersOf(browser.pid).map((id) => [id, privateBytes(id) / 1e6])) });
        return "";
      });
      browser = spawn(executablePath, ["--headless", `--user-data-dir=${profile}`, ...args, `${served.url}memory`], { stdio: "ignore" });
      browser.once("exit", () => failed(new Error("Chromium ended before the queries did.")));
    });
    // The browser has pages of its own: the tab is the one that takes the most in the end.
    const [tab] = [...said.at(-1).of].sort(([, a], [, b]) => b - a)[0];
    const of = (what) => said.filter((one) => one.what === what).map((one) => one.of.get(tab) ?? 0);
    const answered = of("answered");
    return { queries: queries.length, empty: of("empty")[0], opened: of("opened")[0], most: Math.max(...answered), after: answered.at(-1) };
  } finally {
    browser?.removeAllListeners("exit");
    browser?.kill();
    await new Promise((done) => browser?.once("exit", done) ?? done());
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
