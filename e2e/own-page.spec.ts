import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { build } from "esbuild";
import type { Answer } from "../src/api/types";
import { dotlight, GALLERY, type Host, plainHost, ROOT, temporary } from "./support";

/** As strict as a page's policy gets with WebAssembly: nothing inline, nothing of another host. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "style-src 'self'",
].join("; ");
const WORDS = "a yellow horse in the desert";

/** A site of somebody's own: the pages of docs/own-page, Dotlight's files, the embedded gallery, and another of eight photos. */
const site = temporary();
let host: Host;

function altered(name: string, change: (manifest: { version: number; pack: { id: string; fingerprint: string } }) => void): void {
  const manifest = JSON.parse(readFileSync(join(GALLERY, "gallery.json"), "utf8"));
  change(manifest);
  mkdirSync(join(site, name));
  writeFileSync(join(site, name, "gallery.json"), JSON.stringify(manifest));
}

test.beforeAll(async () => {
  cpSync(join(ROOT, "docs/own-page"), site, { recursive: true });
  symlinkSync(join(ROOT, "dist/site"), join(site, "dotlight"));
  symlinkSync(GALLERY, join(site, "gallery"));
  const photos = temporary();
  for (let i = 100; i < 108; i++) cpSync(join(GALLERY, `thumbs/000${i}.webp`), join(photos, `other-${i}.webp`));
  expect((await dotlight("index", photos, "--out", join(site, "other"), "--pack", "diorama")).status).toBe(0);
  altered("newer", (manifest) => {
    manifest.version = 9;
  });
  altered("foreign", (manifest) => {
    manifest.pack = { id: "clip", fingerprint: "0".repeat(64) };
  });
  host = await plainHost(site, "/mine/", { headers: { "Content-Security-Policy": POLICY } });
});

test.afterAll(() => {
  host.stop();
  rmSync(site, { recursive: true });
});

/** Opens a page of the site; what its policy forbade is in `refused`. */
async function open(page: Page, path: string): Promise<{ refused: string[] }> {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(host.url + path);
  return { refused };
}

const photosIn = (page: Page) => page.getByRole("list", { name: "Results" }).getByRole("link");

test("the element searches in a plain page under a strict policy, by keyboard, in the page's own form", async ({ page }) => {
  const { refused } = await open(page, "page.html");
  const field = page.getByRole("searchbox", { name: "Search the pictures" });
  await expect(page.getByText("Type what the picture shows.")).toBeVisible();
  await expect(field).toHaveAttribute("placeholder", "What are you looking for?");
  expect(page.workers()).toHaveLength(0);

  await field.fill(WORDS);
  await expect(page.getByRole("status")).toHaveText("The best 12 of 1000 pictures", { timeout: 40_000 });
  await expect(page.getByText("Type what the picture shows.")).toBeHidden();
  const { hits } = JSON.parse((await dotlight("search", GALLERY, WORDS, "--k", "12", "--json")).stdout);
  await expect(photosIn(page)).toHaveText(hits.map((hit: { captions: string[] }) => hit.captions[0]));
  const image = page.locator("dotlight-search img").first();
  await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(256);
  // The page's own form for a photo, and its own style.
  await expect(page.locator("dotlight-search [data-field=caption]").first()).toHaveCSS("display", "block");
  await expect(field).toHaveCSS("border-top-left-radius", "0px");

  await field.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`2: ${hits[1].id}`)).toBeVisible();
  expect(page.url()).toBe(`${host.url}page.html`);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  await expect(field).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include("dotlight-search").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(photosIn(page)).toHaveCount(0);
  await expect(page.getByText("Type what the picture shows.")).toBeVisible();
  expect(refused).toEqual([]);
});

test("the element searches two galleries as one, speaks the page's language, and follows its attributes", async ({ page }) => {
  await open(page, "page.html");
  const asked = await page.evaluate(
    (words) =>
      new Promise<{ words: string; names: string[]; galleries: string[]; total: number }>((done) => {
        const element = document.querySelector("dotlight-search")!;
        let names: string[] = [];
        element.addEventListener("dotlight-ready", ({ detail }) => {
          names = detail.galleries.map(({ name }) => name);
        });
        element.addEventListener("dotlight-results", ({ detail }) => {
          if (!detail.partial) {
            done({ words: detail.words, names, galleries: [...new Set(detail.photos.map(({ gallery }) => gallery))], total: detail.total });
          }
        });
        element.setAttribute("lang", "de");
        element.setAttribute("k", "1008");
        element.setAttribute("gallery", " gallery/  other/gallery.json ");
        element.setAttribute("value", words);
      }),
    WORDS,
  );
  expect(asked).toEqual({
    words: WORDS,
    names: ["diorama test", expect.any(String)],
    galleries: [`${host.url}gallery/`, `${host.url}other/`],
    total: 1008,
  });
  await expect(page.getByRole("status")).toHaveText("Die besten 1008 von 1008 Bildern");
  await page.locator("dotlight-search").evaluate((element) => element.setAttribute("k", "2"));
  await expect(page.getByRole("list", { name: "Treffer" }).getByRole("link")).toHaveCount(2);
});

const TROUBLE: { name: string; gallery: string | null; code: string; says: RegExp; k?: string }[] = [
  { name: "no gallery", gallery: null, code: "usage", says: /no gallery to search in/ },
  {
    name: "a gallery that is not there",
    gallery: "nowhere/",
    code: "missing-file",
    says: /nowhere\/gallery\.json is not there: the host answered 404/,
  },
  { name: "a newer gallery", gallery: "newer/", code: "unsupported-version", says: /has version 9.*newer version of Dotlight/ },
  {
    name: "galleries of two models",
    gallery: "gallery/ foreign/",
    code: "wrong-pack",
    says: /cannot be searched together.*scores of different models/,
  },
  { name: "a gallery whose model is nowhere", gallery: "foreign/", code: "missing-file", says: /The model "clip".*at none of .*\/packs\// },
  { name: "k of 0", gallery: "gallery/", code: "usage", says: /k is 0, and a search gives at least one photo/, k: "0" },
];
for (const { name, gallery, code, says, k } of TROUBLE) {
  test(`the element explains ${name}`, async ({ page }) => {
    await open(page, "page.html");
    const told = await page.evaluate(
      ([address, count]) =>
        new Promise<string>((done) => {
          const element = document.querySelector("dotlight-search")!;
          element.addEventListener("dotlight-error", ({ detail }) => done(detail.code));
          if (address === null) element.removeAttribute("gallery");
          else element.setAttribute("gallery", address!);
          if (count) element.setAttribute("k", count);
          element.value = "a horse";
        }),
      [gallery, k],
    );
    expect(told).toBe(code);
    await expect(page.getByRole("alert")).toHaveText(says);
  });
}

test("the element explains a host that answers with a web page", async ({ page }) => {
  const single = await plainHost(site, "/", { instead: "page.html" });
  await page.goto(`${single.url}page.html`);
  await page.locator("dotlight-search").evaluate((element) => element.setAttribute("gallery", "nowhere/"));
  await page.getByRole("searchbox").focus();
  await expect(page.getByRole("alert")).toHaveText(/the host answered with a web page instead/);
  single.stop();
});

test("an element that is removed while it loads ends its worker and says nothing; one that is moved goes on", async ({ page }) => {
  await open(page, "page.html");
  const told = await page.evaluateHandle(() => {
    const events: string[] = [];
    for (const name of ["dotlight-ready", "dotlight-results", "dotlight-error"]) addEventListener(name, () => events.push(name));
    return events;
  });
  const started = page.waitForEvent("worker");
  await page.getByRole("searchbox").fill(WORDS);
  const ended = (await started).waitForEvent("close");
  const element = await page.locator("dotlight-search").elementHandle();
  await element!.evaluate((one) => one.remove());
  await ended;
  // Put back, it begins anew.
  await element!.evaluate((one) => document.body.append(one));
  await expect(page.getByRole("status")).toHaveText(/The best 12/, { timeout: 40_000 });
  expect(page.workers()).toHaveLength(1);
  await element!.evaluate((one) => document.body.prepend(one));
  await page.getByRole("searchbox").fill("a red car");
  await expect.poll(async () => (await told.jsonValue()).filter((name) => name === "dotlight-results").length).toBeGreaterThan(1);
  expect((await told.jsonValue()).filter((name) => name !== "dotlight-results")).toEqual(["dotlight-ready"]);
});

test("the API searches two galleries in a page; a search can be aborted, a searcher closed", async ({ page }) => {
  const { refused } = await open(page, "api.html");
  await expect(page.getByRole("searchbox")).toBeEnabled({ timeout: 40_000 });
  await page.getByRole("searchbox").fill(WORDS);
  await expect(page.getByRole("img")).toHaveCount(10);
  const said = await page.evaluate(async (words) => {
    const address = new URL("dotlight/dotlight.js", document.baseURI).href;
    const { createSearcher, DotlightError } = (await import(address)) as typeof import("../src/api/browser");
    const searcher = await createSearcher(["gallery/", "other/"], { packs: "dotlight/packs" });
    const whole: Answer = await searcher.search(words, { k: 1008 });
    const reason = (search: Promise<unknown>) =>
      search.then(
        () => "answered",
        (error) => (error instanceof DotlightError ? error.code : error.name),
      );
    const aborting = new AbortController();
    const aborted = searcher.search(words, { signal: aborting.signal });
    aborting.abort();
    const first = await reason(aborted);
    const next = (await searcher.search(words, { k: 1 })).photos[0]!.id;
    const waiting = reason(searcher.search(words));
    searcher.close();
    const loading = new AbortController();
    const unloaded = createSearcher("gallery/", { signal: loading.signal });
    loading.abort(new DotlightError("busy", "Enough.", ""));
    return {
      descending: whole.photos.every(({ score }, i, all) => i === 0 || all[i - 1]!.score >= score),
      sizes: ["gallery/", "other/"].map((name) => whole.photos.filter(({ gallery }) => gallery.endsWith(`/${name}`)).length),
      best: whole.photos[0]!.id,
      first,
      next,
      closed: await waiting,
      after: await reason(searcher.search(words)),
      unloaded: await reason(unloaded),
    };
  }, WORDS);
  expect(said).toMatchObject({
    descending: true,
    sizes: [1000, 8],
    first: "AbortError",
    closed: "usage",
    after: "usage",
    unloaded: "busy",
  });
  expect(said.next).toBe(said.best);
  expect(refused).toEqual([]);
});

test("the element loads at once where it is eager, and says what is open", async ({ page }) => {
  await open(page, "page.html");
  const ready = await page.evaluate(
    () =>
      new Promise((done) => {
        const element = document.querySelector("dotlight-search")!;
        element.addEventListener("dotlight-ready", ({ detail }) => done(detail));
        element.setAttribute("loading", "eager");
      }),
  );
  expect(ready).toMatchObject({ galleries: [{ url: `${host.url}gallery/`, count: 1000 }], model: { id: "diorama", device: "wasm" } });
});

test("on a server the modules are imported and do nothing; twice in a page they define one element", async ({ page }) => {
  const program =
    'const { DotlightSearch } = await import("./element.js"); await import("./dotlight.js"); console.log(typeof DotlightSearch);';
  const options = { cwd: join(ROOT, "dist/site"), encoding: "utf8" } as const;
  expect(execFileSync(process.execPath, ["--input-type=module", "--eval", program], options)).toBe("function\n");
  await open(page, "page.html");
  const same = await page.evaluate(async () => {
    const before = customElements.get("dotlight-search");
    const again = new URL("dotlight/element.js?again", document.baseURI).href;
    const { DotlightSearch } = (await import(again)) as typeof import("../src/element/element");
    return DotlightSearch !== before && customElements.get("dotlight-search") === before;
  });
  expect(same).toBe(true);
});

test("who imports the error class alone bundles nothing of the rest", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { DotlightError } from "./dotlight.js";', resolveDir: join(ROOT, "dist/site") },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
  });
  expect(outputFiles[0]!.text).toContain("DotlightError");
  expect(outputFiles[0]!.text).not.toContain("Worker(");
  expect(outputFiles[0]!.contents.length).toBeLessThan(1000);
});
