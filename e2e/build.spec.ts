import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Item } from "../src/gallery/manifest";
import {
  CLI,
  DATA,
  dotlight,
  field,
  GALLERY,
  hasData,
  openPage,
  pictures,
  plainHost,
  ready,
  search,
  serve,
  temporary,
  withProfile,
} from "./support";

const PHOTOS = "galleries/photos";
const thumbnail = (row: number) => join(GALLERY, "thumbs", `${String(row).padStart(6, "0")}.webp`);

/** A folder of some of the embedded gallery's pictures. */
function photos(count: number): string {
  const folder = temporary();
  for (let row = 0; row < count; row++) cpSync(thumbnail(row), join(folder, `picture_${row}.webp`));
  return folder;
}

async function build(folder: string, out: string, ...more: string[]) {
  const { stdout, stderr, status } = await dotlight("build", folder, "--out", out, "--json", ...more);
  return {
    status,
    stderr,
    ...(stdout ? (JSON.parse(stdout) as { photos: number; encoded: number; skipped: { name: string; reason: string }[] }) : {}),
  };
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function items(site: string): Item[] {
  const { tables } = JSON.parse(readFileSync(join(site, PHOTOS, "gallery.json"), "utf8"));
  return tables.items.fragments.flatMap(({ file }: { file: string }) => JSON.parse(readFileSync(join(site, PHOTOS, file), "utf8")));
}

test("a folder becomes a site that any host serves from any path, searched, looked at, and searched again without a network", async ({
  launchOptions,
}) => {
  test.setTimeout(180_000);
  const [folder, out, profile] = [photos(12), join(temporary(), "site"), temporary()];
  mkdirSync(join(folder, "Ferien <b>2024"));
  cpSync(thumbnail(20), join(folder, "Ferien <b>2024", "picture_0.webp"));
  writeFileSync(join(folder, "picture_1.webp.json"), JSON.stringify({ title: "The <i>first</i>", caption: "Somebody wrote this" }));
  writeFileSync(join(folder, "captions.csv"), 'file,title,caption\r\npicture_2.webp,"A ""second"", one",\r\n');
  writeFileSync(join(folder, "broken.jpg"), "not a picture");
  symlinkSync(folder, join(folder, "loop"));
  const made = await build(folder, out, "--name", 'Ours & "theirs"', "--originals", "copy");
  expect(made).toMatchObject({ status: 0, photos: 13, encoded: 13 });
  expect(made.skipped!.map(({ name }) => name).sort()).toEqual([join(folder, "broken.jpg"), join(folder, "loop")]);
  const found = items(out);
  expect(found.slice(0, 4).map(({ id, title, captions }) => [id, title, captions?.[0]])).toEqual([
    ["Ferien <b>2024/picture_0.webp", "picture 0", undefined],
    ["picture_0.webp", "picture 0", undefined],
    ["picture_1.webp", "The <i>first</i>", "Somebody wrote this"],
    ["picture_10.webp", "picture 10", undefined],
  ]);
  expect(found.find(({ id }) => id === "picture_2.webp")!.title).toBe('A "second", one');
  const host = await plainHost(out, "/people/me/photos/");
  const words = "a red car";
  const first = await withProfile(profile, launchOptions, async (page) => {
    await openPage(page, host.url);
    await expect(page).toHaveTitle('Ours & "theirs"');
    await expect(pictures(page)).toHaveCount(13);
    await search(page, words);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await pictures(page).and(page.getByAltText("Somebody wrote this")).click();
    const dialog = page.getByRole("dialog", { name: "Picture" });
    await expect(dialog.getByText("The <i>first</i>")).toBeVisible();
    const large = found[2]!.large!;
    await expect(dialog.locator(`.photo-picture img[width="${large.width}"][height="${large.height}"]`)).toBeVisible();
    const original = await dialog.getByRole("link", { name: "The original" }).getAttribute("href");
    expect(Buffer.from(await (await fetch(original!)).arrayBuffer()).equals(readFileSync(thumbnail(1)))).toBe(true);
    await page.keyboard.press("Escape");
    return pictures(page).evaluateAll((all) => all.map((image) => (image as HTMLImageElement).alt));
  });
  expect(host.asked.filter((file) => file.startsWith("/"))).toEqual([]);
  // One photo was looked at, whose neighbours are then at hand, and neither re-ranking nor a picture as the query asked for.
  const asked = (part: RegExp) => new Set(host.asked.filter((file) => part.test(file))).size;
  expect([asked(/\/large\//), asked(/\/regions\/|cross_encoder|vision_model/)]).toEqual([3, 0]);
  host.stop();
  await withProfile(profile, launchOptions, async (page) => {
    await page.context().setOffline(true);
    await openPage(page, host.url);
    await search(page, words);
    expect(await pictures(page).evaluateAll((all) => all.map((image) => (image as HTMLImageElement).alt))).toEqual(first);
    // The isolation that the host's headers did not give.
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    // What needs none is answered as it was kept: browsers keep no compiled code of an answer that is made anew.
    const script = page.locator("script[type=module]");
    const policy = (of: HTMLScriptElement) => fetch(of.src).then(({ headers }) => headers.get("cross-origin-embedder-policy"));
    expect(await script.evaluate(policy)).toBeNull();
  });
});

test("done again only what changed is done: nothing, one photo more, one renamed, one fewer", async () => {
  test.setTimeout(180_000);
  const [folder, out] = [photos(4), join(temporary(), "site")];
  expect(await build(folder, out)).toMatchObject({ status: 0, encoded: 4 });
  const written = () => new Map(files(out).map((file) => [file, readFileSync(file).toString("base64")]));
  const before = written();
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 4, encoded: 0 });
  expect(written()).toEqual(before);
  cpSync(thumbnail(50), join(folder, "another.webp"));
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 5, encoded: 1 });
  renameSync(join(folder, "another.webp"), join(folder, "renamed.webp"));
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 5, encoded: 0 });
  expect(items(out).map(({ id }) => id)).toContain("renamed.webp");
  rmSync(join(folder, "renamed.webp"));
  // The owner's own file stays; a picture that got lost comes back.
  writeFileSync(join(out, "CNAME"), "photos.example");
  rmSync(join(out, PHOTOS, items(out)[0]!.thumb!.file));
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 4, encoded: 1 });
  const after = written();
  after.delete(join(out, "CNAME"));
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
});

test("killed half-way, it goes on from there and encodes nothing twice", async () => {
  test.setTimeout(180_000);
  const [folder, out] = [photos(60), join(temporary(), "site")];
  const child = spawn(process.execPath, [CLI, "build", folder, "--out", out], { stdio: "pipe" });
  const records = () => (existsSync(`${out}.cache`) ? files(`${out}.cache`).filter((file) => /[0-9a-f]{64}$/.test(file)) : []);
  await new Promise<void>((closed) => {
    // Its encoders hold its output open: closed says that they too are gone.
    child.once("close", () => closed());
    const watcher = watch(join(out, ".."), { recursive: true }, () => {
      if (records().length < 5) return;
      watcher.close();
      child.kill("SIGKILL");
    });
  });
  const kept = records().length;
  expect(kept).toBeGreaterThanOrEqual(5);
  expect(kept).toBeLessThan(60);
  expect(existsSync(join(out, PHOTOS, "gallery.json"))).toBe(false);
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 60, encoded: 60 - kept });
  expect(files(out).filter((file) => file.endsWith(".part"))).toEqual([]);
});

test("76 photographs become a site; done again nothing is encoded, one more encodes one", async ({ launchOptions }) => {
  test.skip(!hasData("coco/photos"), `${DATA}/coco/photos is not here: set DOTLIGHT_DATA.`);
  test.setTimeout(300_000);
  const [folder, out, profile] = [temporary(), join(temporary(), "site"), temporary()];
  for (const name of readdirSync(join(DATA, "coco/photos"))) cpSync(join(DATA, "coco/photos", name), join(folder, name));
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 76, encoded: 76, skipped: [] });
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 76, encoded: 0 });
  cpSync(thumbnail(0), join(folder, "one more.webp"));
  expect(await build(folder, out)).toMatchObject({ status: 0, photos: 77, encoded: 1 });
  const host = await plainHost(out, "/coco/");
  await withProfile(profile, launchOptions, async (page) => {
    await openPage(page, host.url);
    await search(page, "a horse on the beach");
    await expect(pictures(page)).toHaveCount(48);
    await page.evaluate(() => navigator.serviceWorker.ready);
    host.stop();
    await page.context().setOffline(true);
    await page.reload();
    await ready(page);
    await search(page, "two people with a kite");
    await expect(pictures(page)).toHaveCount(48);
  });
});

test("served on this machine, what is compressed is sent compressed, and nothing outside the site", async () => {
  const [folder, out] = [photos(1), join(temporary(), "site")];
  await build(folder, out);
  const host = await serve(out);
  const got = async (path: string) => {
    const response = await fetch(host.url + path, { headers: { "accept-encoding": "br" } });
    await response.arrayBuffer();
    return [response.status, response.headers.get("content-encoding"), response.headers.get("content-type")];
  };
  expect(await got("/")).toEqual([200, "br", "text/html;charset=utf-8"]);
  const wasm = readdirSync(join(out, "assets")).find((name) => name.endsWith(".wasm"))!;
  expect(await got(`/assets/${wasm}`)).toEqual([200, "br", "application/wasm"]);
  expect((await got(`/${PHOTOS}/${items(out)[0]!.thumb!.file}`)).slice(0, 2)).toEqual([200, null]);
  writeFileSync(join(out, "../outside.txt"), "not for others");
  for (const path of ["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/assets/..%5c..%5c..%5coutside.txt"]) {
    expect((await got(path))[0]).toBe(404);
  }
  host.stop();
});

test("a gallery newer than the page is named as that", async ({ page }) => {
  const [folder, out] = [photos(1), join(temporary(), "site")];
  await build(folder, out);
  const file = join(out, PHOTOS, "gallery.json");
  const manifest = readFileSync(file, "utf8");
  for (const name of readdirSync(join(out, PHOTOS))) if (name.startsWith("gallery.json.")) rmSync(join(out, PHOTOS, name));
  writeFileSync(file, manifest.replace('"version":1', '"version":2'));
  const host = await plainHost(out, "/site/");
  await page.goto(host.url);
  await expect(page.getByRole("alert")).toContainText("has version 2, this page reads version 1");
  await expect(field(page)).toBeVisible();
  host.stop();
});
