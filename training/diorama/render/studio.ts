import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import { chromiumOptions } from "../../../scripts/chromium.mjs";
import type { Rendering } from "./page.ts";

const IN_SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

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
    const browser = await chromium.launch(chromiumOptions(...IN_SOFTWARE));
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
