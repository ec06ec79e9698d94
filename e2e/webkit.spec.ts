import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { searchesTwice } from "./other-engine";
import { ROOT } from "./support";
import { systemWebKit, WebKit } from "./webkit";

test("no module of the page imports a worker's entry, which WebKit would run twice", () => {
  const assets = join(ROOT, "dist/site/assets");
  const scripts = new Map(
    readdirSync(assets)
      .filter((name) => name.endsWith("js"))
      .map((name) => [name, readFileSync(join(assets, name), "utf8")]),
  );
  const texts = [...scripts.values()];
  const workers = [...scripts.keys()].filter((name) => texts.some((text) => new RegExp(`new Worker\\([^;]*?${name}`).test(text)));
  expect(workers.map((name) => name.split("-")[0])).toEqual(expect.arrayContaining(["index", "lab", "packs", "scan", "search"]));
  const imported = texts.flatMap((text) => [...text.matchAll(/(?:from|import\(?)\s*["'`]\.\/([^"'`]+)/g)].map(([, name]) => name!));
  expect(imported.length).toBeGreaterThan(0);
  expect(workers.filter((name) => imported.includes(name))).toEqual([]);
});

test("WebKit searches, and again without the host", async () => {
  const browser = systemWebKit();
  test.skip(!browser, "there is no WebKit here (apt-get install webkit2gtk-driver xvfb)");
  test.skip(!process.env.DOTLIGHT_ACCEPT, "a minute: npm run accept");
  test.setTimeout(240_000);
  const webkit = await WebKit.start(browser!);
  // What it keeps ends with its session: the second visit is another page of the same.
  await searchesTwice(webkit, async () => {
    await webkit.open("about:blank");
    return webkit;
  });
});
