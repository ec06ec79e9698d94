import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import type { Rendering } from "./page.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];
const SYSTEM_CHROMIUMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser side as one script. */
export async function pageScript(): Promise<string> {
  const entry = fileURLToPath(new URL("./page.ts", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

/** A headless Chromium that renders one scene after the other; in software, so that every machine gives the same picture. */
export class Studio {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #size: number;

  private constructor(browser: Browser, page: Page, size: number) {
    this.#browser = browser;
    this.#page = page;
    this.#size = size;
  }

  static async open(script: string, size: number): Promise<Studio> {
    const system = SYSTEM_CHROMIUMS.find(existsSync);
    const browser = await chromium.launch({ args: FLAGS, ...(system ? { executablePath: system } : {}) });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      return new Studio(browser, page, size);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  shoot(seed: number, number: number): Promise<Rendering> {
    const input = [seed, number, this.#size] as const;
    return this.#page.evaluate(([seed, number, size]) => window.shoot(seed, number, size), input);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
