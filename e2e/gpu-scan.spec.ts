import { fileURLToPath } from "node:url";
import { type Browser, chromium, expect, type Page, test } from "@playwright/test";
import { build } from "esbuild";
import type { Asked, Compared, Gallery, page as inPage } from "./gpu/page";
import { alts, openPage, search } from "./support";

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

const MANY: Gallery = { shape: "random", rows: 9001, dimension: 256, each: 4096 };

test("only what may be among the best comes back", async () => {
  const { webgpu } = await own.evaluate(([gallery, asked]) => page.compare(gallery, asked, 1), [MANY, K] as const);
  for (const { work } of webgpu) expect(work.refined).toBeLessThan(MANY.rows / 10);
});

test("the same without packed products", async () => {
  const compared = await own.evaluate(([gallery, asked]) => page.compare(gallery, asked, 2, { packed: false }), [MANY, K] as const);
  expect(new Set(by(compared))).toEqual(new Set(["webgpu"]));
  expect(hits(compared.webgpu)).toEqual(hits(compared.wasm));
});

test("a fast search on the GPU misses no more than the kernel's", async () => {
  const asked: Asked[] = [{ k: 10 }, { k: 10, mode: "fast" }];
  const { webgpu } = await own.evaluate(([gallery, asked]) => page.compare(gallery, asked, 5), [MANY, asked] as const);
  const fast = webgpu.filter((answer) => !answer.exact);
  expect(fast.every((answer) => answer.by === "webgpu")).toBe(true);
  expect(hits(fast)).toEqual(hits(webgpu.filter((answer) => answer.exact)));
});

test("more candidates than there is room for: the kernel answers, then and afterwards", async () => {
  const compared = await own.evaluate(([gallery, asked]) => page.compare(gallery, asked, 2, { room: 5 }), [MANY, K] as const);
  expect(by(compared)).toEqual(["webgpu", "wasm", "wasm", "wasm", "wasm", "wasm"]);
  expect(compared.device.reason).toContain("more than there is room for");
  expect(hits(compared.webgpu)).toEqual(hits(compared.wasm));
});

const FEW: Gallery = { shape: "random", rows: 2000, dimension: 256, each: 1000 };

for (const [how, answeredBy, kind, reason] of [
  ["lost", ["webgpu", "wasm"], "wasm", /lost/i],
  ["wrong codes", ["wasm", "wasm"], "wasm", /does not calculate as it should/],
  ["software", ["wasm", "wasm"], "wasm", /this machine's processor/],
  ["one plane", ["wasm", "wasm"], "wasm", /only four bits/],
  ["grown", ["webgpu", "wasm"], "webgpu", undefined],
  ["zero query", ["wasm", "wasm"], "webgpu", undefined],
  ["filter", ["wasm", "wasm"], "webgpu", undefined],
] as const) {
  test(`the kernel answers where the GPU cannot: ${how}`, async () => {
    const compared = await own.evaluate(([gallery, how]) => page.spoil(gallery, how), [FEW, how] as const);
    expect(by(compared)).toEqual(answeredBy);
    expect(compared.device.kind).toBe(kind);
    if (reason) expect(compared.device.reason).toMatch(reason);
    if (how !== "one plane" && how !== "grown") for (const { hits } of compared.webgpu) expect(hits).toEqual(compared.wasm[0]!.hits);
    for (const { hits } of compared.webgpu) expect(hits).toHaveLength(10);
  });
}

test("the page scans on the GPU when its address asks for it, and says so", async ({ baseURL }) => {
  const visit = await browser.newPage({ baseURL: baseURL! });
  const found: string[][] = [];
  for (const [scan, title] of [
    ["webgpu", "on WebGPU"],
    ["wasm", "on WASM"],
  ] as const) {
    await openPage(visit, `/?device=wasm&scan=${scan}`);
    await search(visit, "two red cars");
    await expect(visit.getByTestId("spent").locator(".scan")).toHaveAttribute("title", title);
    found.push(await alts(visit, 10));
  }
  expect(found[0]).toEqual(found[1]);
  await visit.close();
});

test("without an adapter it scans on WASM, and says why", async ({ page: visit }) => {
  await openPage(visit, "/?scan=webgpu");
  await search(visit, "two red cars");
  await expect(visit.getByTestId("spent").locator(".scan")).toHaveAttribute("title", /on WASM: .*WebGPU/);
});
