import { join } from "node:path";
import { expect } from "@playwright/test";
import { dotlight, GALLERY, ROOT, serve } from "./support";

/** A browser that Playwright does not drive, by its own WebDriver. */
export interface Engine {
  open(url: string): Promise<unknown>;
  /** What an expression gives in the page as soon as that is true of something. */
  until<T>(expression: string): Promise<T>;
  /** Runs statements in the page. */
  run(script: string, ...args: unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

/** The body of an asynchronous script that ends as soon as an expression is true of something. */
export const untilTrue = (expression: string): string => `const done = arguments[arguments.length - 1];
  const look = async () => { const found = await (${expression}); if (found) done(found); return found; };
  look().then((found) => found || new MutationObserver(async (_, watching) => (await look()) && watching.disconnect())
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true }));`;

const WORDS = "a red car on the beach";

/** The words at once: typed one by one, the answer could be that of the first of them. */
const ASK = `const field = document.querySelector("input[type=search]");
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, arguments[0]);
  field.dispatchEvent(new Event("input", { bubbles: true }));`;

const FIRST = `(() => {
  const all = [...document.querySelectorAll(".results img")].slice(0, 10).map((image) => image.alt);
  return document.querySelector("[data-testid=spent]")?.textContent.match(/key to screen\\s*\\d+ ms/) && all.length === 10 && all;
})()`;

async function answer(engine: Engine, url: string): Promise<string[]> {
  await engine.open(url);
  await engine.until("document.querySelector('[data-state=ready]') !== null");
  await engine.run(ASK, WORDS);
  return engine.until<string[]>(FIRST);
}

/**
 * The page finds in this engine what the command line finds, on an isolated page, and the same on a second visit without the host.
 * @param again ends the first visit; resolves to the engine of the second
 */
export async function searchesTwice(first: Engine, again: () => Promise<Engine>): Promise<void> {
  const site = await serve(join(ROOT, "dist/site"));
  const before = await answer(first, site.url);
  const { stdout } = await dotlight("search", GALLERY, WORDS, "--k", "10", "--json");
  expect(before).toEqual(JSON.parse(stdout).hits.map(({ captions }: { captions: string[] }) => captions[0]));
  await first.until("navigator.serviceWorker.ready.then(() => true)");
  // Threads in WASM want an isolated page.
  expect(await first.until<boolean>("crossOriginIsolated")).toBe(true);
  const second = await again();
  site.stop();
  expect(await answer(second, site.url)).toEqual(before);
  await second.close();
}
