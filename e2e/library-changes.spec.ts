import { rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import {
  chooseFolder,
  firstWritten,
  imported,
  makeFolder,
  openLibrary,
  PHOTOS,
  photoFiles,
  pickerGives,
  removeFile,
  storedPhotos,
} from "./library-support";
import { alts, hasData, openPage, pictures, ready, results, search, temporary } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT || !hasData("coco/photos"), "two and a half minutes, with the photographs: npm run accept");

/** The first n photographs, in two folders. */
const some = (n: number) =>
  Object.fromEntries(
    photoFiles()
      .slice(0, n)
      .map((name, i) => [`${i % 2 ? "beach" : "town"}/${name}`, { file: join(PHOTOS, name) }]),
  );

test("an unchanged folder is not read again; one added, one deleted and one renamed cost exactly that", async ({ page }) => {
  test.setTimeout(120_000);
  const files = some(12);
  const [first, second, third] = Object.keys(files) as [string, string, string];
  await openPage(page);
  await makeFolder(page, "holiday", files);
  await chooseFolder(page, "holiday");
  expect(await imported(page)).toBe("12 photos encoded.");
  const before = await storedPhotos(page);

  await page.reload();
  expect(await imported(page)).toBe("12 unchanged.");
  expect(await storedPhotos(page)).toEqual(before);

  await removeFile(page, "holiday", first);
  await removeFile(page, "holiday", second);
  await makeFolder(page, "holiday", {
    "moved/elsewhere.jpg": files[second]!,
    "town/new.jpg": { file: join(PHOTOS, photoFiles()[20]!) },
    // Touched: another date, the same content.
    [third]: files[third]!,
  });
  await page.reload();
  expect(await imported(page)).toBe("1 photo encoded, 2 photos recognised by content, 1 photo removed, 9 unchanged.");
  const after = await storedPhotos(page);
  expect(after.has(first)).toBe(false);
  expect(after.get("moved/elsewhere.jpg")!.vector).toEqual(before.get(second)!.vector);
  expect(after.size).toBe(12);
  await ready(page);
  await expect(results(page).getByRole("listitem")).toHaveCount(12);
  expect(await alts(page, 12)).toContain("elsewhere");
  await search(page, "a dog");
  await expect(results(page).getByRole("listitem")).toHaveCount(12);
});

test("if much of a folder is missing nothing is forgotten without being asked", async ({ page }) => {
  test.setTimeout(120_000);
  const files = some(12);
  await openPage(page);
  await makeFolder(page, "holiday", files);
  await chooseFolder(page, "holiday");
  await imported(page);
  await removeFile(page, "holiday", "beach");
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("6 photos of this gallery are not in the folder any more");
  expect((await storedPhotos(page)).size).toBe(12);
  // The disk is connected again.
  await makeFolder(page, "holiday", files);
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await imported(page);
  expect((await storedPhotos(page)).size).toBe(12);
  await removeFile(page, "holiday", "beach");
  await page.reload();
  await page.getByRole("button", { name: "Forget them" }).click();
  await expect(page.getByText("6 photos removed, 6 unchanged.")).toBeVisible();
  await ready(page);
  await expect(results(page).getByRole("listitem")).toHaveCount(6);
});

test("stopped and killed in the middle, an import goes on without encoding anything twice", async ({ page, context }) => {
  test.setTimeout(180_000);
  await openPage(page);
  await makeFolder(page, "holiday", some(60));
  await chooseFolder(page, "holiday");
  await firstWritten(page, "holiday");
  // The tab goes; its database stays with the profile.
  await page.close();
  const again = await context.newPage();
  await again.goto("/");
  const written = (await storedPhotos(again)).size;
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(60);
  await openLibrary(again);
  await again.getByRole("button", { name: "holiday a folder" }).click();
  await expect(pictures(again).first()).toBeVisible();
  expect(await imported(again)).toBe(`${60 - written} photos encoded, ${written} unchanged.`);
  await ready(again);
  expect((await storedPhotos(again)).size).toBe(60);
});

test("an import pauses, goes on, stops and goes on where it stopped", async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page);
  await makeFolder(page, "holiday", some(48));
  await chooseFolder(page, "holiday");
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await firstWritten(page, "holiday");
  await page.getByRole("button", { name: "Stop" }).click();
  expect(await imported(page)).toMatch(/^Stopped: (16|32) photos encoded\.$/);
  const stopped = (await storedPhotos(page)).size;
  await page.getByRole("button", { name: "Go on where it stopped" }).click();
  await expect(page.getByText(`${48 - stopped} photos encoded, ${stopped} unchanged.`)).toBeVisible({ timeout: 60_000 });
});

test("without a folder picker a folder is chosen by the file dialog, and chosen again to bring it up to date", async ({ page }) => {
  test.setTimeout(120_000);
  await page.addInitScript(() => {
    delete (window as any).showDirectoryPicker;
  });
  await openPage(page);
  await openLibrary(page);
  await page.getByTestId("folder-input").setInputFiles(PHOTOS);
  expect(await imported(page)).toBe(`${photoFiles().length} photos encoded.`);
  await expect(page.locator(".gallery-name")).toHaveText("photos");
  await page.reload();
  await ready(page);
  await page.getByText("choose the folder again").click();
  await page.getByTestId("folder-input").setInputFiles(PHOTOS);
  expect(await imported(page)).toBe(`${photoFiles().length} unchanged.`);
  // One more photo beside the folder takes nothing away.
  await page.getByTestId("files-input").setInputFiles({ name: "copy.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
  await expect(page.getByText("1 file could not be read")).toBeVisible();
  expect((await storedPhotos(page)).size).toBe(photoFiles().length);
});

test("a folder that goes away in the middle is named, and the import goes on when it is back", async ({ page }) => {
  test.setTimeout(120_000);
  const files = some(48);
  await openPage(page);
  await makeFolder(page, "disk", files);
  await chooseFolder(page, "disk");
  await firstWritten(page, "disk");
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("disk", { recursive: true }));
  await expect(page.getByRole("alert")).toContainText('The folder "disk" cannot be read');
  const before = await storedPhotos(page);
  expect(before.size).toBeLessThan(48);
  await makeFolder(page, "disk", files);
  await page.getByRole("button", { name: "Try again" }).click();
  expect(await imported(page)).toContain(`${48 - before.size} photos encoded`);
  const after = await storedPhotos(page);
  expect(after.size).toBe(48);
  for (const [path, { vector }] of before) expect(after.get(path)!.vector).toEqual(vector);
});

test("photos that another version of the model encoded are encoded again", async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page);
  await makeFolder(page, "holiday", some(12));
  await chooseFolder(page, "holiday");
  await imported(page);
  const before = await storedPhotos(page);
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const request = indexedDB.open("dotlight-library");
        request.onsuccess = () => {
          const transaction = request.result.transaction(["galleries", "photos"], "readwrite");
          for (const name of ["galleries", "photos"]) {
            transaction.objectStore(name).openCursor().onsuccess = (event) => {
              const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
              if (!cursor) return;
              const old = "0".repeat(64);
              cursor.update(
                name === "photos"
                  ? { ...cursor.value, fingerprint: old }
                  : { ...cursor.value, pack: { id: "photos-small", fingerprint: old } },
              );
              cursor.continue();
            };
          }
          transaction.oncomplete = () => {
            request.result.close();
            done();
          };
        };
      }),
  );
  await page.reload();
  expect(await imported(page)).toBe("12 photos encoded.");
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await search(page, "a dog");
  await expect(results(page).getByRole("listitem")).toHaveCount(12);
  const after = await storedPhotos(page);
  for (const [path, { vector }] of before) expect(after.get(path)!.vector).toEqual(vector);
});

test("two tabs do not import into one gallery at once", async ({ page, context }) => {
  test.setTimeout(120_000);
  await openPage(page);
  await makeFolder(page, "holiday", some(48));
  await chooseFolder(page, "holiday");
  await page.getByRole("button", { name: "Pause" }).click();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("alert")).toContainText("Another tab is bringing photos into this gallery");
  await page.getByRole("button", { name: "Go on" }).click();
  expect(await imported(page)).toBe("48 photos encoded.");
  await other.getByRole("button", { name: "Try again" }).click();
  expect(await imported(other)).toBe("48 unchanged.");
  expect((await storedPhotos(other)).size).toBe(48);
});

test("when the browser's room is used up the import stops, and what is kept is whole", async ({ launchOptions, baseURL }) => {
  test.setTimeout(120_000);
  const profile = temporary();
  const first = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL! });
  const page = first.pages()[0]!;
  await openPage(page);
  await makeFolder(page, "holiday", some(20));
  await chooseFolder(page, "holiday");
  await imported(page);
  const before = await storedPhotos(page);
  await makeFolder(page, "holiday", Object.fromEntries(Object.entries(some(40)).slice(20)));
  const address = page.url();
  await first.close();

  // A browser that has just started knows no earlier answer about its room.
  const second = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL! });
  const again = second.pages()[0]!;
  const session = await second.newCDPSession(again);
  await session.send("Storage.overrideQuotaForOrigin", { origin: baseURL!, quotaSize: 1000 });
  await again.goto(address);
  await expect(again.getByRole("alert")).toContainText("There is no room left in this browser", { timeout: 30_000 });
  expect(await storedPhotos(again)).toEqual(before);
  await session.send("Storage.overrideQuotaForOrigin", { origin: baseURL! });
  await again.getByRole("button", { name: "Try again" }).click();
  expect(await imported(again)).toBe("20 photos encoded, 20 unchanged.");
  const after = await storedPhotos(again);
  for (const [path, photo] of before) expect(after.get(path)).toEqual(photo);
  await second.close();
  rmSync(profile, { recursive: true });
});

test("the picker's folder is the gallery's name, which can be changed; a gallery can be forgotten", async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page);
  await makeFolder(page, "<b>‮Ünïcode 🏖️", { "a.jpg": { file: join(PHOTOS, photoFiles()[0]!) } });
  await pickerGives(page, "<b>‮Ünïcode 🏖️");
  await openLibrary(page);
  await page.getByRole("button", { name: "Choose a folder" }).click();
  expect(await imported(page)).toBe("1 photo encoded.");
  await openLibrary(page);
  await page.getByRole("button", { name: /^Rename/ }).click();
  await page.getByLabel("New name").fill("One photo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "One photo a folder" })).toBeVisible();
  await page.getByRole("button", { name: "Forget One photo" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(page.locator(".gallery-name")).toHaveText(/Diorama|diorama/);
  expect((await storedPhotos(page)).size).toBe(0);
  await ready(page);
  await expect(results(page).getByRole("listitem")).toHaveCount(48);
});
