// Which Chromium the project's commands, tests and renderer start, and how.
import { existsSync } from "node:fs";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of the system's Chromium; undefined where there is none, and Playwright's own is meant. */
export const systemChromium = () => SYSTEM.find(existsSync);

/** Playwright's launch options: the system's Chromium if there is one, nothing in its background, and `args` besides. */
export function chromiumOptions(...args) {
  const executablePath = systemChromium();
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...args,
    ],
  };
}
