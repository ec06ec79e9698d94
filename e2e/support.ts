import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium, expect, type Page } from "@playwright/test";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const CLI = join(ROOT, "dist/cli/dotlight.js");
export const GALLERY = join(ROOT, "public/galleries/diorama");

/** Data for tests that is not in the repository; tests that want it are skipped where it is not. */
export const DATA = process.env.DOTLIGHT_DATA ?? join(ROOT, "../shared/data");
export const hasData = (path: string): boolean => existsSync(join(DATA, path));

export const temporary = (): string => mkdtempSync(join(tmpdir(), "dotlight-e2e-"));

/** Runs the command-line tool; resolves to what it printed and its exit status. */
export async function dotlight(...args: string[]): Promise<{ stdout: string; stderr: string; status: number }> {
  try {
    return { ...(await promisify(execFile)(process.execPath, [CLI, ...args], { maxBuffer: 1 << 26 })), status: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { stdout, stderr, status: code };
  }
}

export interface Host {
  url: string;
  stop(): void;
}

/** Serves a folder with `dotlight serve` on a free port. */
export async function serve(folder: string): Promise<Host> {
  const child: ChildProcess = spawn(process.execPath, [CLI, "serve", folder, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((done, failed) => {
    child.once("exit", () => failed(new Error("The server ended before it was up.")));
    child.stdout!.on("data", (text: Buffer) => {
      const found = /http:\/\/localhost:\d+/.exec(text.toString());
      if (found) done(found[0]);
    });
  });
  return { url, stop: () => child.kill() };
}

/**
 * The plainest static host: a folder below a path, types by name, no header but `headers`, nothing compressed. `instead` is a file that is sent
 * for whatever is missing, as hosts of single-page apps do.
 */
export async function plainHost(
  folder: string,
  below: string,
  { headers = {}, instead }: { headers?: Record<string, string>; instead?: string } = {},
): Promise<Host & { asked: string[] }> {
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css" };
  Object.assign(types, { ".wasm": "application/wasm", ".json": "application/json", ".svg": "image/svg+xml" });
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const file = pathname.startsWith(below) ? decodeURIComponent(pathname.slice(below.length)) || "index.html" : undefined;
    asked.push(file ?? pathname);
    const read = (name: string | undefined) => (name === undefined ? undefined : readFile(join(folder, name)).catch(() => undefined));
    const found = await read(file);
    const [sent, bytes] = found ? [file, found] : [instead, await read(instead)];
    response.writeHead(bytes ? 200 : 404, { ...headers, "Content-Type": types[extname(sent ?? "")] ?? "application/octet-stream" });
    response.end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, done));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}${below}`, stop, asked };
}

/** A browser whose profile outlives it, as a person's does: Playwright's own contexts keep IndexedDB in memory. */
export async function withProfile<T>(profile: string, launch: object, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await chromium.launchPersistentContext(profile, launch);
  try {
    return await work(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
  }
}

/** A copy of the embedded gallery that a test may spoil. */
export function galleryCopy(): string {
  const folder = temporary();
  cpSync(GALLERY, folder, { recursive: true });
  return folder;
}

/** Opens the page and waits until everything has arrived and its pictures are kept. */
export async function openPage(page: Page, address = "/"): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** Opens the page and waits until everything has arrived that a search needs. Keeping the pictures goes on, and takes longer than most tests. */
export async function openToSearch(page: Page, address = "/"): Promise<void> {
  await page.goto(address);
  await expect(page.locator("[data-state=keeping], [data-state=ready]")).toBeVisible({ timeout: 30_000 });
}

/** Waits until all is there and kept. */
export const ready = (page: Page): Promise<void> => expect(page.locator("[data-state=ready]")).toBeVisible({ timeout: 30_000 });

export const field = (page: Page) => page.getByRole("searchbox");
export const results = (page: Page) => page.getByRole("list", { name: "Results" });
export const pictures = (page: Page) => results(page).getByRole("img");

/** Types the words and waits until their answer has been painted; resolves to the milliseconds from the key to the screen. */
export async function search(page: Page, words: string): Promise<number> {
  // Asking for what is already there would paint nothing new.
  if ((await field(page).inputValue()) === words) await field(page).fill("");
  // An observer, not polling: polling in each frame would itself delay the frames that are measured.
  const answer = await page.evaluateHandle(() => {
    // More of the answer before may be painted meanwhile: that began earlier.
    const since = performance.now();
    const painted = new Promise<number>((done) => {
      new PerformanceObserver((list, observer) => {
        const measure = list.getEntriesByName("dotlight:query-to-paint").find(({ startTime }) => startTime >= since);
        if (!measure) return;
        observer.disconnect();
        done(measure.duration);
      }).observe({ type: "measure" });
    });
    return { painted };
  });
  await field(page).fill(words);
  return answer.evaluate(({ painted }) => painted);
}

/** Waits until the answer to what was typed last is on the screen. */
export async function painted(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName("dotlight:query-to-paint").length > 0);
}

/** The texts of the first k pictures, once those below the fold are the answer's too. */
export async function alts(page: Page, k: number): Promise<string[]> {
  await expect(results(page).and(page.locator("[aria-busy=true]"))).toHaveCount(0);
  return results(page)
    .locator("img")
    .evaluateAll((all, count) => all.slice(0, count).map((image) => (image as HTMLImageElement).alt), k);
}
