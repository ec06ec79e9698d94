// npm run bench -- lighthouse: what Lighthouse says of a site that `dotlight build` made of 76 photographs, on a phone (throttled) and on a desktop.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systemChromium } from "../scripts/chromium.mjs";
import { must, root } from "../scripts/shared.mjs";
import { machine } from "./results.mjs";
import { setUpPage } from "./setup.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const RUNS = 3;

export async function lighthouse() {
  const photos = resolve(root, process.env.DOTLIGHT_DATA ?? "../shared/data", "coco/photos");
  if (!existsSync(photos)) throw new Error(`Lighthouse is not run: ${photos} is not there (DOTLIGHT_DATA names the folder).`);
  await setUpPage();
  await must("npm", ["run", "build", "--silent"]);
  const cli = join(root, "dist/cli/dotlight.js");
  const site = mkdtempSync(join(tmpdir(), "dotlight-lighthouse-"));
  const { default: audit, desktopConfig } = await import("lighthouse");
  const { launch } = await import("chrome-launcher");
  await must(process.execPath, [cli, "build", photos, "--out", site, "--name", "Photos"]);
  const server = spawn(process.execPath, [cli, "serve", site, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((done) => server.stdout.on("data", (text) => done(/http:\S+/.exec(String(text))[0])));
  const chrome = await launch({ ...(systemChromium() ? { chromePath: systemChromium() } : {}), chromeFlags: FLAGS });
  const scores = {};
  try {
    for (const [screen, config] of [
      ["phone", undefined],
      ["desktop", desktopConfig],
    ]) {
      const runs = [];
      for (let run = 0; run < RUNS; run++) {
        const { lhr } = await audit(address, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" }, config);
        runs.push(CATEGORIES.map((name) => Math.round(100 * lhr.categories[name].score)));
      }
      const median = (place) => runs.map((run) => run[place]).sort((a, b) => a - b)[(RUNS - 1) / 2];
      scores[screen] = Object.fromEntries(CATEGORIES.map((name, i) => [name, median(i)]));
      console.log(`${screen}: ${CATEGORIES.map((name) => `${name} ${scores[screen][name]}`).join(", ")} (median of ${RUNS})`);
    }
  } finally {
    chrome.kill();
    server.kill();
    for (const folder of [site, `${site}.cache`]) rmSync(folder, { recursive: true, force: true });
  }
  const found = { machine: machine(), date: new Date().toISOString(), scores };
  writeFileSync(join(root, "bench/lighthouse.json"), `${JSON.stringify(found, null, 2)}\n`);
}
