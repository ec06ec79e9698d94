import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, expect, test } from "@playwright/test";
import { chromiumOptions } from "../scripts/chromium.mjs";
import { pictures, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT || process.platform !== "linux", "takes over a minute, and reads memory from /proc: npm run accept");

/** Seconds after which the browser has collected what loading left behind; it begins after about half of them. */
const SETTLED = 60;

/** MB that the renderers of this profile's browser have for themselves: the most of one of them. */
function privateMegabytes(profile: string): number {
  const each = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        // Renderers name no profile: the browser above them does.
        if (!command.includes("--type=renderer") || !below(pid, profile)) return 0;
        const lines = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Private_\w+:\s+\d+/gm) ?? [];
        return lines.reduce((sum, line) => sum + Number(line.match(/\d+/)) * 1024, 0) / 1e6;
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    });
  return Math.max(...each);
}

function below(pid: string, profile: string): boolean {
  if (Number(pid) <= 1) return false;
  if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`--user-data-dir=${profile}`)) return true;
  return below(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[1]!, profile);
}

test("the whole page, its gallery open and a query answered, takes less than 150 MB", async ({ baseURL }) => {
  test.setTimeout(180_000);
  const profile = temporary();
  const { args, executablePath = chromium.executablePath() } = chromiumOptions();
  // Nobody is attached while it is measured: developer tools keep what is fetched in the tab's own process.
  const own = ["--headless", `--user-data-dir=${profile}`, "--remote-debugging-port=0", ...args, `${baseURL}/?q=a+red+car`];
  const browser: ChildProcess = spawn(executablePath, own, { stdio: "ignore" });
  try {
    const measured: number[] = [];
    for (let second = 0; second < SETTLED; second++) {
      await pause(1000);
      measured.push(privateMegabytes(profile));
    }
    const [most, settled] = [Math.max(...measured), measured.at(-1)!];
    console.log(`the whole page's tab: ${most.toFixed(0)} MB at most, ${settled.toFixed(0)} MB after ${SETTLED} seconds`);
    const port = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")[0];
    const attached = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = attached.contexts()[0]!.pages()[0]!;
    await expect(page.getByTestId("spent")).toContainText("Best 48 of 1,000");
    await expect(pictures(page).first()).toBeVisible();
    await attached.close();
    expect(settled).toBeLessThan(150);
  } finally {
    const ended = new Promise((done) => browser.once("exit", done));
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
