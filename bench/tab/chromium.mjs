// A page in a Chromium that no developer tools look at (they keep what is fetched in the tab's own process), and what its tab takes.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumOptions } from "../../scripts/chromium.mjs";

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

/**
 * Opens `url` in a `profile` of its own, with more arguments for the browser if need be. `megabytes()` is what each process that draws pages takes now,
 * by its number: the browser has pages of its own, and the tab is the one that takes the most. `failed` rejects when the browser ends by itself.
 */
export function openTab(url, ...more) {
  const profile = mkdtempSync(join(tmpdir(), "dotlight-tab-"));
  const { args, executablePath = chromium.executablePath() } = chromiumOptions();
  const browser = spawn(executablePath, ["--headless", `--user-data-dir=${profile}`, ...args, ...more, url], { stdio: "ignore" });
  const failed = new Promise((_, failed) => browser.once("exit", () => failed(new Error("Chromium ended before the page did."))));
  failed.catch(() => undefined);
  return {
    profile,
    failed,
    megabytes: () => new Map(renderersOf(browser.pid).map((id) => [id, privateBytes(id) / 1e6])),
    async close() {
      const ended = new Promise((done) => browser.once("exit", done));
      if (browser.exitCode === null && browser.kill()) await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
