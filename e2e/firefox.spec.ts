import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Firefox, systemFirefox } from "./marionette";
import { dotlight, GALLERY, ROOT, serve, temporary } from "./support";

const path = systemFirefox();
test.skip(!path, "there is no Firefox here (apt-get install firefox-esr)");

/** The words at once: typed one by one, the answer could be that of the first of them. */
const ASK = `const field = document.querySelector("input[type=search]");
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, arguments[0]);
  field.dispatchEvent(new Event("input", { bubbles: true }));`;

const FIRST = `(() => {
  const all = [...document.querySelectorAll(".results img")].slice(0, 10).map((image) => image.alt);
  return document.querySelector("[data-testid=spent]")?.textContent.match(/key to screen\\s*\\d+ ms/) && all.length === 10 && all;
})()`;

test("Firefox searches, and on its second visit without the host", async () => {
  test.setTimeout(240_000);
  const profile = temporary();
  const site = await serve(join(ROOT, "dist/site"));
  const first = await Firefox.start(path!, profile);
  await first.open(site.url);
  await first.until("document.querySelector('[data-state=ready]') !== null");
  await first.until("navigator.serviceWorker.ready.then(() => true)");
  // Threads in WASM want an isolated page.
  expect(await first.until<boolean>("crossOriginIsolated")).toBe(true);
  await first.run(ASK, "a red car on the beach");
  const before = await first.until<string[]>(FIRST);
  const { stdout } = await dotlight("search", GALLERY, "a red car on the beach", "--k", "10", "--json");
  expect(before).toEqual(JSON.parse(stdout).hits.map(({ captions }: { captions: string[] }) => captions[0]));
  await first.close();
  site.stop();

  const second = await Firefox.start(path!, profile);
  await second.open(site.url);
  await second.until("document.querySelector('[data-state=ready]') !== null");
  await second.run(ASK, "a red car on the beach");
  expect(await second.until<string[]>(FIRST)).toEqual(before);
  await second.close();
  rmSync(profile, { recursive: true });
});
