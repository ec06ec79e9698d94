import { fileURLToPath } from "node:url";
import { type Browser, chromium, expect, type Page, test } from "@playwright/test";
import { build } from "esbuild";
import type { Asked, Compared, Gallery, page as inPage } from "./gpu/page";

declare const page: typeof inPage;

/** Every test runs in one page, on WebGPU in software (SwiftShader). */
const SWIFTSHADER = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
/** With them the page may share memory. */
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

let browser: Browser;
let own: Page;

test.beforeAll(async ({ launchOptions, baseURL }) => {
  const entry = fileURLToPath(new URL("gpu/page.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: "iife", logLevel: "error" });
  browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args!, ...SWIFTSHADER] });
  own = await browser.newPage({ baseURL: baseURL! });
  await own.route("**/gpu", (route) => route.fulfill({ contentType: "text/html", headers: ISOLATED, body: "<title>GPU</title>" }));
  await own.goto("/gpu");
  await own.addScriptTag({ content: outputFiles[0]!.text });
});

test.afterAll(() => browser.close());

const K: Asked[] = [{ k: 1 }, { k: 10 }, { k: 100 }];
const by = ({ webgpu }: Compared) => webgpu.map((answer) => answer.by);
const hits = (answers: Compared["wasm"]) => answers.map((answer) => answer.hits);

const GALLERIES: Gallery[] = [
  { shape: "random", rows: 7000, dimension: 512, each: 7000 },
  { shape: "random", rows: 9001, dimension: 256, each: 1024 },
  { shape: "clustered", rows: 5000, dimension: 256, each: 777 },
  { shape: "duplicated", rows: 6000, dimension: 200, each: 2500 },
  { shape: "with zeros", rows: 3000, dimension: 512, each: 1000 },
  { shape: "random", rows: 130, dimension: 70, each: 1 },
  { shape: "mixed sizes", rows: 4000, dimension: 384, each: 4000 },
  { shape: "far from zero", rows: 4000, dimension: 256, each: 1500 },
  { shape: "huge", rows: 2000, dimension: 256, each: 2000 },
  { shape: "denormal", rows: 2000, dimension: 256, each: 2000 },
  { shape: "random", rows: 3000, dimension: 256, each: 1000, shared: true },
];

for (const gallery of GALLERIES) {
  const { shape, rows, dimension, each, shared } = gallery;
  test(`the GPU gives the kernel's order: ${rows} rows, ${shape}, ${dimension} numbers, ${each} a shard${shared ? ", shared" : ""}`, async () => {
    const compared = await own.evaluate(([gallery, asked]) => page.compare(gallery, asked, 3), [gallery, K] as const);
    expect(compared.device).toEqual({ kind: "webgpu" });
    expect(by(compared)).toEqual(compared.webgpu.map(() => "webgpu"));
    expect(compared.webgpu.map(({ exact, of }) => [exact, of])).toEqual(compared.wasm.map(() => [true, "full"]));
    expect(hits(compared.webgpu)).toEqual(hits(compared.wasm));
  });
}
