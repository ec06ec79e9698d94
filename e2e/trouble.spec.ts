import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { field, galleryCopy, openPage, pictures, ready, search, serve } from "./support";

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const alert = (page: Page) => page.getByRole("alert");

/** Serves a spoiled copy of the gallery and opens the page on it. */
async function openSpoiled(page: Page, spoil: (folder: string) => void): Promise<() => void> {
  const folder = galleryCopy();
  spoil(folder);
  const host = await serve(folder);
  await page.goto(`/?gallery=${encodeURIComponent(host.url)}`);
  return () => {
    host.stop();
    rmSync(folder, { recursive: true });
  };
}

const CASES: [string, (folder: string) => void, RegExp][] = [
  ["a truncated shard", (f) => truncateSync(join(f, "vectors/0000.1.dot"), 1000), /0000\.1\.dot has 1000 bytes, \d+ were expected/],
  [
    "an altered shard",
    (f) => {
      const path = join(f, "vectors/0000.1.dot");
      const bytes = readFileSync(path);
      bytes[5000] = bytes[5000]! ^ 1;
      writeFileSync(path, bytes);
    },
    /0000\.1\.dot is not the file it should be: sha256/,
  ],
  ["a missing shard", (f) => rmSync(join(f, "vectors/0000.1.dot")), /0000\.1\.dot is not there: the host answered 404/],
  ["a missing manifest", (f) => rmSync(join(f, "gallery.json")), /gallery\.json is not there/],
  ["a manifest that is no JSON", (f) => truncateSync(join(f, "gallery.json"), 100), /gallery\.json is not valid JSON/],
  [
    "a manifest of another version",
    (f) => writeFileSync(join(f, "gallery.json"), JSON.stringify({ ...json(join(f, "gallery.json")), version: 7 })),
    /has version 7, this page reads version 1/,
  ],
  [
    "a gallery made with another pack",
    (f) => {
      const manifest = json(join(f, "gallery.json"));
      manifest.pack.fingerprint = "0".repeat(64);
      writeFileSync(join(f, "gallery.json"), JSON.stringify(manifest));
    },
    /was made with the pack "diorama" \(000000000000\).*vectors cannot be compared/,
  ],
  [
    "a pack that is not there",
    (f) => {
      const manifest = json(join(f, "gallery.json"));
      manifest.pack.id = "../../elsewhere";
      writeFileSync(join(f, "gallery.json"), JSON.stringify(manifest));
    },
    /dotlight\.json is not there/,
  ],
  [
    "an empty gallery",
    (f) => {
      const manifest = json(join(f, "gallery.json"));
      manifest.count = 0;
      writeFileSync(join(f, "gallery.json"), JSON.stringify(manifest));
    },
    /holds no photos/,
  ],
];

for (const [name, spoil, message] of CASES) {
  test(`${name} has its own message, and advice`, async ({ page }) => {
    const end = await openSpoiled(page, spoil);
    await expect(alert(page)).toContainText(message);
    await expect(alert(page).getByRole("paragraph")).toHaveCount(2);
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    end();
  });
}

test("once the host is repaired, trying again is enough, and nothing half-read was kept", async ({ page, context }) => {
  const folder = galleryCopy();
  const shard = join(folder, "vectors/0000.1.dot");
  const whole = readFileSync(shard);
  truncateSync(shard, 1000);
  const host = await serve(folder);
  await page.goto(`/?gallery=${encodeURIComponent(host.url)}`);
  await expect(alert(page)).toContainText("1000 bytes");
  writeFileSync(shard, whole);
  // The gallery opens again only when we let it: until then nothing of the earlier try may be shown, its pictures have no worker behind them.
  let open = () => {};
  const opening = new Promise<void>((done) => {
    open = done;
  });
  await context.route(`${host.url}/gallery.json`, async (route) => {
    await opening;
    await route.continue();
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(alert(page)).toHaveCount(0);
  await expect(page.getByText("Opening the gallery")).toBeVisible();
  await expect(pictures(page)).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Results" }).getByRole("listitem")).toHaveCount(0);
  open();
  await ready(page);
  await search(page, "a red car");
  await expect(pictures(page)).toHaveCount(48);
  host.stop();
});

test("a host that cannot be reached is named", async ({ page }) => {
  await page.goto("/?gallery=http://localhost:1/");
  await expect(alert(page)).toContainText("http://localhost:1/gallery.json could not be fetched");
});

test("without WebAssembly SIMD the page says which browsers have it", async ({ page, context }) => {
  // The browser of this test has SIMD; what tells the page so is taken away in its worker.
  await context.route(/assets\/search-.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `WebAssembly.validate = () => false;\n${await response.text()}` });
  });
  await page.goto("/");
  await expect(alert(page)).toContainText(/without SIMD.*2023 or later/s);
});

test("without IndexedDB the search works, and the page says that nothing is kept", async ({ page, context }) => {
  await context.route(/assets\/search-.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `Object.defineProperty(self, "indexedDB", { value: undefined });\n${await response.text()}` });
  });
  await openPage(page);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("Nothing can be kept for a visit without a network");
  await search(page, "a red car");
  await expect(pictures(page)).toHaveCount(48);
});

test("a missing thumbnail leaves its text", async ({ page }) => {
  const end = await openSpoiled(page, (folder) => rmSync(join(folder, "thumbs/000000.webp")));
  await ready(page);
  await expect(pictures(page)).toHaveCount(47);
  await expect(page.getByRole("list", { name: "Results" }).getByRole("button").first()).not.toHaveText("");
  end();
});

test("a query while the vectors are on their way is kept and answered", async ({ page }) => {
  await page.goto("/");
  await field(page).fill("a red car");
  await ready(page);
  await expect(pictures(page)).toHaveCount(48);
  await expect(page.getByTestId("spent")).toContainText("Best 48 of 1,000");
});
