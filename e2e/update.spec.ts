import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { openPage, pictures, ROOT, search, serve, temporary } from "./support";

test("a new version is announced, not forced; the old page goes on until its visitor changes", async ({ page }) => {
  const folder = temporary();
  cpSync(join(ROOT, "dist/site"), folder, { recursive: true });
  const site = await serve(folder);
  await openPage(page, site.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const script = /assets\/(index-[^"]+\.js)/.exec(readFileSync(join(folder, "index.html"), "utf8"))![1]!;
  // The next version: another main script, and a service worker that keeps it.
  const next = "index-another.js";
  renameSync(join(folder, "assets", script), join(folder, "assets", next));
  for (const file of ["index.html", "service.js", ...readdirSync(join(folder, "assets")).map((name) => `assets/${name}`)]) {
    if (!/\.(html|js)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), "utf8");
    if (text.includes(script)) writeFileSync(join(folder, file), text.replaceAll(script, next));
  }
  const service = readFileSync(join(folder, "service.js"), "utf8");
  writeFileSync(join(folder, "service.js"), service.replace(/("?version"?:\s*")([0-9a-f]{16})/, `$1${"0".repeat(16)}`));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect(page.getByText("A new version of Dotlight is ready.")).toBeVisible();
  await search(page, "a red car");
  await expect(pictures(page)).toHaveCount(48);
  await page.getByRole("button", { name: "Load it now" }).click();
  await expect(page.locator(`script[src*="${next}"]`)).toBeAttached();
  await expect(page.getByText("A new version of Dotlight is ready.")).toHaveCount(0);
  site.stop();
  rmSync(folder, { recursive: true });
});
