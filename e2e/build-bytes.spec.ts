import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Transform } from "node:stream";
import { expect, test } from "@playwright/test";
import { compress } from "../src/cli/site/compress";
import { directorySink } from "../src/files/directory.node";
import type { GalleryManifest, Item } from "../src/gallery/manifest";
import { GalleryWriter } from "../src/gallery/writer";
import { dotlight, GALLERY, serve, temporary } from "./support";

const [PHOTOS, DIMENSION, MOST] = [10_000, 256, 12e6];
/** 20 Mbit a second: what is not needed yet would take the place of what is. */
const LINE = 2.5e6;

test.skip(!process.env.DOTLIGHT_ACCEPT, "10,000 photos: npm run accept");

/**
 * A site of 10,000 photos: a built one of two pictures, whose gallery is written again with random vectors and items that name the embedded
 * gallery's thumbnails in turn. What a visitor downloads has the sizes of a real one.
 */
async function siteOf10000(): Promise<string> {
  const [folder, site] = [temporary(), join(temporary(), "site")];
  const thumbs = readdirSync(join(GALLERY, "thumbs"));
  for (const name of thumbs.slice(0, 2)) cpSync(join(GALLERY, "thumbs", name), join(folder, name));
  expect(await dotlight("build", folder, "--out", site)).toMatchObject({ status: 0 });
  const gallery = join(site, "galleries/photos");
  const { name, pack, metric, tables } = JSON.parse(readFileSync(join(gallery, "gallery.json"), "utf8")) as GalleryManifest;
  const embedded = JSON.parse(readFileSync(join(GALLERY, "gallery.json"), "utf8")) as GalleryManifest;
  const shown = embedded.tables.items.fragments.flatMap(({ file }) => JSON.parse(readFileSync(join(GALLERY, file), "utf8")) as Item[]);
  rmSync(gallery, { recursive: true });
  mkdirSync(gallery);
  cpSync(join(GALLERY, "thumbs"), join(gallery, "thumbs"), { recursive: true });
  const layout = { folder: "tables/made/", perFragment: tables.items.perFragment };
  const writer = new GalleryWriter(directorySink(gallery), { name, pack, dimension: DIMENSION, metric }, { count: 36, width: 96 }, layout);
  let state = 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
  for (let first = 0; first < PHOTOS; first += 1000) {
    const vectors = Float32Array.from({ length: 1000 * DIMENSION }, () => next() + next() + next());
    const items = shown.map(({ thumb, color, captions }, i): Item => {
      // A digest of its own: equal ones would compress to nothing.
      const sha256 = Array.from({ length: 8 }, () => (Math.floor(next() * 2 ** 31) >>> 0).toString(16).padStart(8, "0")).join("");
      const large = {
        file: `large/${sha256.slice(0, 2)}/${sha256.slice(2, 22)}.webp`,
        bytes: 90_000 + i,
        sha256,
        width: 1600,
        height: 1200,
      };
      const details = { width: 4000, height: 3000, type: "jpeg", taken: "2024-05-31T14:03:00", camera: "A camera" };
      return { id: `folder ${i % 20}/IMG_${first + i}.jpg`, thumb: thumb!, large, color: color!, captions: captions!.slice(0, 1), details };
    });
    await writer.addImages(vectors, items, new Float32Array(1000 * 36 * 96));
  }
  await writer.finish();
  return site;
}

/**
 * Passes requests on to a host over a line of LINE bytes a second, and counts the bytes of each path's answers as they are sent: the service
 * worker's, too.
 */
async function counted(to: string): Promise<{ url: string; sent: Map<string, number>; stop: () => void }> {
  const sent = new Map<string, number>();
  let free = 0;
  const server = createServer((asked, answer) => {
    request(to + asked.url, { headers: asked.headers }, (found) => {
      answer.writeHead(found.statusCode!, found.headers);
      const line = new Transform({
        transform(bytes: Buffer, _, done) {
          const now = performance.now();
          free = Math.max(free, now) + (bytes.length / LINE) * 1000;
          setTimeout(() => {
            sent.set(asked.url!, (sent.get(asked.url!) ?? 0) + bytes.length);
            done(null, bytes);
          }, free - now);
        },
      });
      found.pipe(line).pipe(answer);
    }).end();
  });
  await new Promise<void>((done) => server.listen(0, done));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, sent, stop };
}

const PARTS: [string, RegExp][] = [
  ["photos: thumbnails", /\/thumbs\//],
  ["photos: what is shown of them", /\/items\//],
  ["photos: manifest", /gallery\.json$/],
  ["vectors: first plane", /\.1\.dot$/],
  ["vectors: later planes", /\.[23]\.dot$/],
  ["vectors: full precision", /\/exact\//],
  ["text encoder", /text_model/],
  ["tokenizer and the pack's other files", /\/packs\//],
  ["onnxruntime", /\/ort[.-]/],
  ["tokenizers", /tokenizers/],
  ["page and workers", /./],
];

test("a first visit to 10,000 photos: at most 12 MB until the first answer", async ({ page }) => {
  test.setTimeout(300_000);
  const site = await siteOf10000();
  // As `dotlight build` lays them out: compressed beside themselves.
  const files = readdirSync(join(site, "galleries"), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1));
  await compress(site, files, () => {});
  const host = await serve(site);
  const { url, sent, stop } = await counted(host.url);
  const began = Date.now();
  await page.goto(`${url}/?q=a+red+car`, { waitUntil: "commit" });
  await page.getByRole("searchbox").waitFor();
  const field = Date.now() - began;
  await expect(page.getByTestId("spent")).toContainText(/Best \d+ of 10,000/, { timeout: 120_000 });
  const answer = Date.now() - began;
  const parts = new Map<string, number>();
  for (const [path, bytes] of sent) {
    const [part] = PARTS.find(([, pattern]) => pattern.test(path))!;
    parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const total = [...sent.values()].reduce((a, b) => a + b, 0);
  const lines = [...parts].sort((a, b) => b[1] - a[1]).map(([part, size]) => `  ${part.padEnd(40)} ${(size / 1e6).toFixed(2)} MB`);
  console.log(
    `10,000 photos: ${(total / 1e6).toFixed(1)} MB until the first answer, after ${(answer / 1000).toFixed(1)} s on a line of 20 Mbit/s; ` +
      `the field was there after ${(field / 1000).toFixed(1)} s\n${lines.join("\n")}`,
  );
  expect(total).toBeLessThanOrEqual(MOST);
  stop();
  host.stop();
});
