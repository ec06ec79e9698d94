import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, type Request, test } from "@playwright/test";
import { chooseFolder, imported, makeFolder, openLibrary, PHOTOS, photoFiles } from "./library-support";
import { alts, field, hasData, openPage, ROOT, ready, results, search, serve } from "./support";

test.skip(!hasData("coco/photos"), "the photographs are not here");

const photo = (number: number) => ({ file: join(PHOTOS, photoFiles()[number]!) });

test("nothing leaves the machine: of all requests none carries anything, and all are for the page's own files", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const requests: Request[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith("blob:")) requests.push(request);
  });
  await openPage(page);
  await makeFolder(page, "secret", Object.fromEntries([0, 1, 2, 3].map((i) => [`very/private-${i}.jpg`, photo(i)])));
  await chooseFolder(page, "secret");
  expect(await imported(page)).toBe("4 photos encoded.");
  await expect(page.getByText("What left this machine: nothing.")).toBeVisible();
  await search(page, "a private photo");
  await results(page).getByRole("button").first().click();
  await page.getByRole("button", { name: "Find similar pictures" }).click();
  await expect(page.getByRole("button", { name: /^like this photo/ })).toBeVisible();
  await field(page).fill("");
  await makeFolder(page, "secret", { "very/new.jpg": photo(5) });
  await page.getByRole("button", { name: "Look for changes" }).click();
  await expect(page.getByText("1 photo encoded, 4 unchanged.")).toBeVisible();
  await openLibrary(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export secret to a file" }).click();
  await (await saving).path();
  // All that was loaded are files that anybody may load: their names and the lack of a body leave no room for anything else.
  for (const request of requests) {
    const url = new URL(request.url());
    expect([request.method(), request.postData(), url.host, url.search]).toEqual(["GET", null, "localhost:4174", ""]);
    expect(existsSync(join(ROOT, "dist/site", decodeURIComponent(url.pathname))), url.pathname).toBe(true);
  }
});

test("with the host gone, own photos are searched and new ones encoded", async ({ page, context }) => {
  test.setTimeout(120_000);
  const site = await serve(join(ROOT, "dist/site"));
  await openPage(page, site.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await makeFolder(page, "holiday", Object.fromEntries([0, 1, 2, 3].map((i) => [`${i}.jpg`, photo(i)])));
  await chooseFolder(page, "holiday");
  await imported(page);
  await search(page, "people");
  const before = await alts(page, 4);
  site.stop();
  await context.setOffline(true);
  await page.reload();
  expect(await imported(page)).toBe("4 unchanged.");
  await ready(page);
  await expect.poll(() => alts(page, 4)).toEqual(before);
  await makeFolder(page, "holiday", { "new.jpg": photo(6) });
  await page.getByRole("button", { name: "Look for changes" }).click();
  await expect(page.getByText("1 photo encoded, 4 unchanged.")).toBeVisible({ timeout: 30_000 });
  await field(page).fill("");
  await expect(results(page).getByRole("listitem")).toHaveCount(5);
});
