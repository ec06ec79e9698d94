import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { directorySource } from "../src/files/directory.node.ts";
import { openGallery } from "../src/gallery/reader.ts";
import { allTitles, chooseFolder, imported, makeFolder, openLibrary, PHOTOS, photoFiles } from "./library-support";
import { alts, dotlight, hasData, openPage, openToSearch, search, serve, temporary } from "./support";

const WORDS = "two people beside a red bus";
const toggle = (page: Page) => page.getByRole("switch", { name: "Re-rank" });
/** Waits until the answer on the screen is re-ranked. */
const reranked = (page: Page) => expect(page.locator(".step.rerank dd")).toHaveText(/\d+ ms/, { timeout: 20_000 });

/** By photo, its regions as numbers. */
async function regionsOf(folder: string): Promise<Map<string, Float32Array>> {
  const gallery = await openGallery(directorySource(folder));
  const rows = Array.from({ length: gallery.manifest.count }, (_, row) => row);
  const [items, values] = await Promise.all([gallery.items(rows), gallery.regions()!(rows)]);
  const each = values.length / rows.length;
  return new Map(items.map(({ id }, row) => [id, values.slice(row * each, (row + 1) * each)]));
}

test("own photos are re-ranked, by the regions that the command line gives; so is their export", async ({ page, baseURL }) => {
  test.skip(!hasData("coco/photos"), "the photographs are not here");
  test.setTimeout(120_000);
  const names = photoFiles().slice(0, 16);
  await openToSearch(page, "/");
  await makeFolder(page, "holiday", Object.fromEntries(names.map((name) => [name, { file: join(PHOTOS, name) }])));
  await chooseFolder(page, "holiday");
  await imported(page);
  await search(page, WORDS);
  await expect(page.getByTestId("spent")).toContainText("of 16");
  const first = await allTitles(page, 16);
  await toggle(page).click();
  await reranked(page);
  const ordered = await allTitles(page, 16);
  expect(ordered).not.toEqual(first);
  expect([...ordered].sort()).toEqual([...first].sort());

  await openLibrary(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export holiday to a file" }).click();
  const [exported, folder, indexed] = [temporary(), temporary(), temporary()];
  for (const name of names) copyFileSync(join(PHOTOS, name), join(folder, name));
  execFileSync("tar", ["-xf", await (await saving).path(), "-C", exported]);
  expect((await dotlight("index", folder, "--out", indexed)).status).toBe(0);
  const [ours, theirs] = await Promise.all([regionsOf(exported), regionsOf(indexed)]);
  expect([...ours.keys()].sort()).toEqual(names);
  for (const [name, values] of ours) {
    const expected = theirs.get(name)!;
    const most = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const farthest = values.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected[i]!)), 0);
    // Two steps of 8 bits: with a colour profile of its own a photo is converted by another library in each.
    expect(farthest / most, name).toBeLessThan(2 / 127);
  }

  const host = await serve(exported);
  try {
    await openPage(page, `${baseURL}/?rerank=1&q=${encodeURIComponent(WORDS)}&gallery=${encodeURIComponent(`${host.url}/`)}`);
    await reranked(page);
    expect(await allTitles(page, 16)).toEqual(ordered);
  } finally {
    host.stop();
  }
});

/** Makes a gallery as the page's first version did: a database without regions. The connection stays open, as a tab's does. */
async function makeFormer(page: Page): Promise<string> {
  await page.goto("/icon.svg");
  return page.evaluate(async () => {
    const { pack, dimension, metric } = await (await fetch("/galleries/diorama/gallery.json")).json();
    const thumbnail = new Uint8Array(await (await fetch("/icons/icon-192.png")).arrayBuffer());
    const id = crypto.randomUUID();
    const request = indexedDB.open("dotlight-library", 1);
    // A connection that nothing holds is closed.
    (window as any).held = request;
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("galleries", { keyPath: "id" });
      db.createObjectStore("photos", { keyPath: ["gallery", "number"] });
      for (const name of ["vectors", "thumbnails"]) db.createObjectStore(name);
      db.createObjectStore("failures", { keyPath: ["gallery", "path"] });
    };
    await new Promise((done) => {
      request.onsuccess = done;
    });
    const transaction = request.result.transaction(["galleries", "photos", "vectors", "thumbnails"], "readwrite");
    transaction.objectStore("galleries").put({ id, name: "former", pack, dimension, metric, notice: "", next: 3, revision: 0 });
    for (let number = 0; number < 3; number++) {
      const thumb = { file: "thumbs/of-the-store.webp", bytes: thumbnail.length, sha256: "0".repeat(64), width: 192, height: 192 };
      const item = { title: `photo ${number}`, details: { width: 192, height: 192, type: "png" }, thumb };
      const file = { path: `${number}.png`, size: 1, modified: 1, digest: "0".repeat(64), fingerprint: pack.fingerprint };
      transaction.objectStore("photos").put({ gallery: id, number, ...file, item });
      transaction.objectStore("vectors").put(
        new Float32Array(dimension).map((_, d) => Math.sin(d * (number + 1))),
        [id, number],
      );
      transaction.objectStore("thumbnails").put(thumbnail, [id, number]);
    }
    await new Promise((done) => {
      transaction.oncomplete = done;
    });
    return id;
  });
}

test("a gallery made before there were regions opens once the former version's tabs are closed, and says why it is not re-ranked", async ({
  page,
  context,
}) => {
  const former = await context.newPage();
  const id = await makeFormer(former);
  await page.goto(`/?mine=${id}`);
  await expect(page.getByRole("alert").first()).toContainText("Another tab shows a former version of this page");
  await former.close();
  await page.getByRole("button", { name: "Try again" }).click();
  await search(page, WORDS);
  const shown = await alts(page, 3);
  expect([...shown].sort()).toEqual(["photo 0", "photo 1", "photo 2"]);
  await toggle(page).click();
  await expect(page.getByRole("alert")).toContainText('The gallery "former" has no regions');
  expect(await alts(page, 3)).toEqual(shown);
});
