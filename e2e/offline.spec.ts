import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { alts, openPage, pictures, ROOT, ready, search, serve, temporary, withProfile } from "./support";

test("a second visit searches without the network", async ({ launchOptions }) => {
  const profile = temporary();
  const site = await serve(join(ROOT, "dist/site"));
  const first = await withProfile(profile, launchOptions, async (page) => {
    await openPage(page, site.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await search(page, "a red car on the beach");
    return alts(page, 10);
  });
  // Not merely the browser's offline switch: the host is gone.
  site.stop();
  await withProfile(profile, launchOptions, async (page) => {
    await page.context().setOffline(true);
    await openPage(page, site.url);
    await expect(page.getByText("offline", { exact: true })).toBeVisible();
    await search(page, "a red car on the beach");
    expect(await alts(page, 10)).toEqual(first);
    await expect
      .poll(() =>
        pictures(page)
          .first()
          .evaluate((image) => (image as HTMLImageElement).naturalWidth),
      )
      .toBeGreaterThan(0);
    // Another query too: the encoder runs here.
    await search(page, "two blue dogs");
    await expect(pictures(page)).toHaveCount(48);
  });
  rmSync(profile, { recursive: true });
});

test("a file that was damaged in IndexedDB is noticed and fetched anew", async ({ page }) => {
  await openPage(page);
  await search(page, "a red car");
  const before = await alts(page, 10);
  const spoiled = await page.evaluate(
    () =>
      new Promise<number>((done, failed) => {
        const request = indexedDB.open("dotlight-files");
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const store = request.result.transaction("pieces", "readwrite").objectStore("pieces");
          let count = 0;
          store.openCursor().onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
            if (!cursor) {
              request.result.close();
              done(count);
              return;
            }
            const bytes = new Uint8Array(cursor.value as ArrayBuffer);
            bytes[bytes.length >> 1]! ^= 1;
            cursor.update(bytes.buffer);
            count++;
            cursor.continue();
          };
        };
      }),
  );
  expect(spoiled).toBeGreaterThan(10);
  await page.reload();
  await ready(page);
  await search(page, "a red car");
  expect(await alts(page, 10)).toEqual(before);
});

test("the second visit reads models and vectors from IndexedDB", async ({ page }) => {
  await openPage(page);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.reload();
  await ready(page);
  expect(fetched.filter((path) => /\.onnx$|\.dot$|tokenizer\.json$/.test(path))).toEqual([]);
});
