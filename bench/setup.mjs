// Installs what the bench needs besides the project's own packages: the rivals (bench/node_modules) and Python (bench/.venv).
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { installChromium, installPackages, must, root } from "../scripts/shared.mjs";

const bench = join(root, "bench");
const venv = join(bench, ".venv");
export const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

function rivalsInstalled() {
  const installed = statSync(join(bench, "node_modules/.package-lock.json"), { throwIfNoEntry: false });
  return installed && installed.mtimeMs >= statSync(join(bench, "package-lock.json")).mtimeMs;
}

function pythonInstalled() {
  const installed = join(venv, "requirements.txt");
  return existsSync(python) && existsSync(installed) && readFileSync(installed).equals(readFileSync(join(bench, "requirements.txt")));
}

/** What the bench's page needs to be built. */
export async function setUpPage() {
  await installPackages();
  await installChromium();
  await must("npm", ["run", "kernel", "--silent"]);
  if (!rivalsInstalled()) {
    console.error("Installing the rivals (bench/node_modules) …");
    await must("npm", ["ci", "--prefix", "bench", "--ignore-scripts", "--silent"]);
  }
}

export async function setUp() {
  await setUpPage();
  if (!pythonInstalled()) {
    console.error("Installing FAISS, usearch and NumPy (bench/.venv) …");
    rmSync(venv, { recursive: true, force: true });
    await must("python3", ["-m", "venv", venv]);
    await must(python, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--no-deps",
      "-r",
      join(bench, "requirements.txt"),
    ]);
    copyFileSync(join(bench, "requirements.txt"), join(venv, "requirements.txt"));
  }
}
