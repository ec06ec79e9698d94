import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { GALLERY, plainHost, ROOT, temporary } from "./support";

// Packs the package and installs it as anybody would, in an empty project; npm run accept.
test.skip(process.env.DOTLIGHT_ACCEPT === undefined, "slow: npm run accept");
test.describe.configure({ mode: "serial", timeout: 300_000 });

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'";
const project = temporary();
/** As from a shell of the project's, not as a child of this repository's npm. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_") && name !== "INIT_CWD"));

const run = (command: string, args: string[], cwd = project) => promisify(execFile)(command, args, { cwd, env, maxBuffer: 1 << 26 });
const dotlight = (...args: string[]) => run("npx", ["--no-install", "dotlight", ...args]);

test("the package is packed and installed in an empty project, from the registry alone", async () => {
  const packed = await run("npm", ["pack", "--ignore-scripts", "--pack-destination", project], ROOT);
  const tarball = packed.stdout.trim().split("\n").at(-1)!;
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "somebody-elses", private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--no-omit-lockfile-registry-resolved", `./${tarball}`]);
  const registry = (await run("npm", ["config", "get", "registry"])).stdout.trim();
  const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
  const {
    "": _own,
    "node_modules/dotlight": self,
    ...others
  } = lock.packages as Record<string, { resolved: string; hasInstallScript?: boolean; optional?: boolean; peer?: boolean }>;
  expect(self!.resolved).toBe(`file:${tarball}`);
  for (const [name, { resolved }] of Object.entries(others)) expect(resolved, name).toMatch(new RegExp(`^${registry}`));
  // Whatever runs at the installation may download: this one only looks at the project's package.json.
  const runs = Object.entries(others).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(runs.map(([name]) => name)).toEqual(["node_modules/protobufjs"]);
  for (const name of ["onnxruntime-node", "react", "react-dom", "comlink", "idb"]) {
    expect(existsSync(join(project, "node_modules", name)), name).toBe(false);
  }
});

test("its command line makes galleries and a site", async () => {
  for (const [folder, from] of [
    ["summer", 100],
    ["winter", 200],
  ] as const) {
    mkdirSync(join(project, folder));
    for (let i = from; i < from + 6; i++) cpSync(join(GALLERY, `thumbs/000${i}.webp`), join(project, folder, `${folder}-${i}.webp`));
    await dotlight("index", folder, "--out", `galleries/${folder}`);
  }
  const { stdout } = await dotlight("search", "galleries/summer", "a house", "--k", "3", "--json");
  expect(JSON.parse(stdout).hits).toHaveLength(3);
  await dotlight("build", "summer", "--out", "site");
  expect(existsSync(join(project, "site/galleries/photos/gallery.json"))).toBe(true);
});

test("its API searches in Node, on onnxruntime-web, and its element is imported there", async () => {
  cpSync(join(ROOT, "docs/own-page/search.mjs"), join(project, "search.mjs"));
  const { stdout } = await run(process.execPath, ["search.mjs", "galleries/summer", "a house"]);
  expect(stdout).toMatch(/^(-?\d+\.\d\d \S+\n){5}of 6 photos in summer\n$/);
  writeFileSync(
    join(project, "both.js"),
    `import { createSearcher } from "dotlight";
import { DotlightSearch } from "dotlight/element";
const searcher = await createSearcher(["galleries/summer", "site/galleries/photos", "galleries/winter"]);
const { photos, total } = await searcher.search("a house", { k: 18 });
const descending = photos.every(({ score }, i) => i === 0 || photos[i - 1].score >= score);
console.log(JSON.stringify([typeof DotlightSearch, searcher.model.device, total, photos.length, descending]));
`,
  );
  const both = await run(process.execPath, ["both.js"]);
  expect(JSON.parse(both.stdout)).toEqual(["function", "wasm", 18, 18, true]);
});

test("its types resolve", async () => {
  writeFileSync(
    join(project, "consumer.ts"),
    `import { type Answer, createSearcher, DotlightError, type Photo, type Searcher } from "dotlight";
import { DotlightSearch } from "dotlight/element";
const searcher: Searcher = await createSearcher(["a/", new URL("https://example.org/b/")], { onProgress: ({ loaded }) => loaded.toFixed() });
const { photos }: Answer = await searcher.search("words", { k: 5, signal: AbortSignal.timeout(1000) });
export const urls: (string | undefined)[] = photos.map((photo: Photo) => photo.thumbnail?.url);
export const isOurs = (error: unknown): boolean => error instanceof DotlightError && error.code === "wrong-pack";
document.querySelector("dotlight-search")!.addEventListener("dotlight-select", (event) => event.detail.photo.id.trim());
export const element: HTMLElement = new DotlightSearch();
// @ts-expect-error: words are text
searcher.search(5);
`,
  );
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  for (const [module, moduleResolution] of [
    ["ESNext", "bundler"],
    ["Node16", "node16"],
    ["NodeNext", "nodenext"],
  ] as const) {
    const options = { module, moduleResolution, target: "ES2022", lib: ["ES2023", "DOM"], strict: true, types: [], noEmit: true };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["consumer.ts"] }));
    await run(process.execPath, [tsc, "-p", "."]).catch(({ stdout }) => expect(stdout, moduleResolution).toBe(""));
  }
});

test("its element searches two galleries in a plain page under a strict policy", async ({ page }) => {
  const site = join(project, "page");
  cpSync(join(ROOT, "docs/own-page"), site, { recursive: true });
  symlinkSync(join(project, "node_modules/dotlight/dist/site"), join(site, "dotlight"));
  symlinkSync(join(project, "galleries/summer"), join(site, "gallery"));
  symlinkSync(join(project, "galleries/winter"), join(site, "other"));
  const host = await plainHost(site, "/below/", { headers: { "Content-Security-Policy": POLICY } });
  await page.goto(`${host.url}page.html`);
  await page.locator("dotlight-search").evaluate((element) => element.setAttribute("gallery", "gallery/ other/"));
  await page.getByRole("searchbox").fill("a house");
  await expect(page.getByRole("status")).toHaveText("The best 12 of 12 pictures", { timeout: 40_000 });
  await expect(page.getByRole("list", { name: "Results" }).getByRole("link")).toHaveCount(12);
  host.stop();
});

test("its element works in what Vite makes of a page that imports it, and in Vite's development server", async ({ page }) => {
  const app = join(project, "app");
  mkdirSync(join(app, "public"), { recursive: true });
  writeFileSync(join(app, "index.html"), '<!doctype html><script type="module" src="main.js"></script><dotlight-search></dotlight-search>');
  writeFileSync(
    join(app, "main.js"),
    'import "dotlight/element";\nconst search = document.querySelector("dotlight-search");\nsearch.setAttribute("packs", "packs/");\nsearch.setAttribute("gallery", "gallery/");\n',
  );
  cpSync(join(project, "galleries/winter"), join(app, "public/gallery"), { recursive: true });
  cpSync(join(project, "node_modules/dotlight/dist/site/packs"), join(app, "public/packs"), { recursive: true });
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  await run(process.execPath, [vite, "build", "--base", "./"], app);
  const host = await plainHost(join(app, "dist"), "/below/", { headers: { "Content-Security-Policy": POLICY } });
  const searches = async (address: string) => {
    await page.goto(address);
    await page.getByRole("searchbox").fill("a house");
    await expect(page.getByRole("status")).toHaveText("The best 6 of 6 pictures", { timeout: 40_000 });
  };
  await searches(host.url);
  host.stop();

  const server = spawn(process.execPath, [vite, "--port", "4391"], { cwd: app, env: { ...env, NO_COLOR: "1" } });
  const url = await new Promise<string>((done) => {
    server.stdout.on("data", (text: Buffer) => {
      const [found] = /http:\/\/localhost:\d+\//.exec(text.toString()) ?? [];
      if (found) done(found);
    });
  });
  await searches(url);
  server.kill();
});
