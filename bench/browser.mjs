// The engines in the browser: one headless Chromium page, isolated, so that its workers may share memory.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumOptions } from "../scripts/chromium.mjs";
import { root } from "../scripts/shared.mjs";
import { built, bundle } from "./bundle.mjs";

const ort = dirname(createRequire(import.meta.url).resolve("onnxruntime-web"));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cache-Control": "no-store",
};

/** The file that an address means; `sets` maps the names of sets to their folders. */
function fileOf(path, sets) {
  if (path === "/") return join(root, "bench/page/index.html");
  const [, first, ...rest] = path.split("/");
  if (rest.includes("..")) return undefined;
  if (first === "ort") return join(ort, ...rest);
  if (first === "sets") return sets.has(rest[0]) ? join(sets.get(rest[0]), ...rest.slice(1)) : undefined;
  return join(built, first);
}

function serve(sets) {
  const server = createServer((request, response) => {
    const file = fileOf(decodeURIComponent(new URL(request.url, "http://localhost").pathname), sets);
    const found = file && statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile()) return response.writeHead(404, HEADERS).end();
    response.writeHead(200, {
      ...HEADERS,
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Length": found.size,
    });
    createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

export async function startBrowser() {
  await bundle();
  const sets = new Map();
  const server = await serve(sets);
  const browser = await chromium.launch(chromiumOptions("--disable-features=CalculateNativeWinOcclusion"));
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(`page: ${error.message}`));
  page.on("crash", () => console.error("page: crashed, probably out of memory"));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction("globalThis.bench");
  if (!(await page.evaluate("bench.isolated"))) throw new Error("The bench's page is not cross-origin isolated: no shared memory.");
  const call = (name, ...args) => page.evaluate(([name, args]) => globalThis.bench[name](...args), [name, args]);
  const named = ({ id, mode, threads, worker }) => ({ adapter: id, mode, threads, worker });

  return {
    async load({ folder, n, dim, queries }) {
      const name = basename(folder);
      sets.set(name, folder);
      await call("load", { url: `/sets/${name}`, n, dim, queries });
    },
    build: (instance) => call("build", named(instance)),
    search: (instance, queries, k) => call("search", named(instance), queries, k),
    check: () => call("check"),
    /** Runs bench/speed/worker.ts with `request`; `folders` are served as /sets/NAME/. */
    async speed(folders, request) {
      for (const [name, folder] of Object.entries(folders)) sets.set(name, folder);
      page.on("console", (message) => console.error(message.text()));
      return call("speed", request);
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
