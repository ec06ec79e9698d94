// What the commands of package.json have in common.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemChromium } from "./chromium.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the repository's root, its output shown; resolves to its exit status. */
export function run(command, args, env = {}) {
  return new Promise((done, failed) => {
    // npm and npx are .cmd files on Windows, which only a shell starts.
    const shell = process.platform === "win32" && /^np[mx]$/.test(command);
    const child = spawn(command, args, { cwd: root, stdio: "inherit", shell, env: { ...process.env, ...env } });
    child.once("error", failed);
    child.once("exit", (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}

/** The same, ending this program when it fails. */
export async function must(command, args) {
  const status = await run(command, args);
  if (status !== 0) {
    console.error(`\n"${command} ${args.join(" ")}" failed: see above.`);
    process.exit(status);
  }
}

/** Installs the packages unless they are there and as new as the lock file. */
export async function installPackages() {
  const installed = statSync(join(root, "node_modules/.package-lock.json"), { throwIfNoEntry: false });
  if (installed && installed.mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs) return;
  console.log("Installing packages (npm ci) …");
  await must("npm", ["ci", "--ignore-scripts", "--loglevel=error"]);
}

/** The system's Chromium if there is one; else Playwright's; else Debian's package. */
export async function installChromium() {
  if (systemChromium()) return;
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return;
  console.log("Installing a Chromium …");
  if ((await run("npx", ["playwright", "install", "--with-deps", "chromium"])) === 0) return;
  const debian = spawnSync("sh", ["-c", "command -v apt-get"]).status === 0;
  if (debian) {
    await must("apt-get", ["update", "--quiet"]);
    await must("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-dejavu-core"]);
    return;
  }
  console.error("No Chromium was found and none could be installed: install one and run this again.");
  process.exit(1);
}
