import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { GalleryManifest } from "../src/gallery/manifest";
import { alts, dotlight, GALLERY, openToSearch, plainHost, search, temporary } from "./support";

const QUERY = "a red car in front of a house";
const CORS = { headers: { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" } };
const address = (url: string) => `/?gallery=${encodeURIComponent(url)}`;

/** Seventy photos in six lists, all of which are read. */
async function clustered(): Promise<string> {
  const [folder, out] = [join(temporary(), "photos"), temporary()];
  mkdirSync(folder);
  const thumbs = join(GALLERY, "thumbs");
  for (const name of readdirSync(thumbs).sort().slice(0, 70)) cpSync(join(thumbs, name), join(folder, name));
  const made = await dotlight("index", folder, "--out", out, "--pack", "diorama", "--clusters", "6", "--json");
  expect(made).toMatchObject({ status: 0 });
  change(out, ({ tables }) => {
    tables.clusters!.probes = tables.clusters!.lists;
  });
  return out;
}

function change(folder: string, how: (manifest: GalleryManifest) => void): void {
  const file = join(folder, "gallery.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as GalleryManifest;
  how(manifest);
  writeFileSync(file, JSON.stringify(manifest));
}

test("a gallery of lists gives the answers of its shards, reads no shard, and says when a list is damaged", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const folder = await clustered();
  const plain = temporary();
  cpSync(folder, plain, { recursive: true });
  change(plain, ({ tables }) => {
    delete tables.clusters;
  });
  // A host that knows no ranges.
  const hosts = await Promise.all([folder, plain].map((each) => plainHost(each, "/", CORS)));
  try {
    const answers: string[][] = [];
    for (const host of hosts) {
      await openToSearch(page, address(host.url));
      await search(page, QUERY);
      answers.push(await alts(page, 10));
    }
    expect(answers[0]).toEqual(answers[1]);
    const [asked, askedPlain] = hosts.map((host) => host.asked);
    expect(asked!.filter((file) => file.startsWith("vectors/"))).toEqual([]);
    expect(askedPlain!.filter((file) => file.startsWith("clusters/"))).toEqual([]);
  } finally {
    for (const host of hosts) host.stop();
  }
  const list = join(folder, "clusters/0000.dot");
  const bytes = readFileSync(list);
  for (let at = 0; at < bytes.length; at += 64) bytes[at]! ^= 1;
  writeFileSync(list, bytes);
  const host = await plainHost(folder, "/", CORS);
  // Another visitor, whose browser has not kept the list as it was.
  const other = await browser.newContext({ baseURL: baseURL! });
  try {
    const visited = await other.newPage();
    await openToSearch(visited, address(host.url));
    await visited.getByRole("searchbox").fill(QUERY);
    await expect(visited.getByText(/is not the file it should be/).first()).toBeVisible();
  } finally {
    await other.close();
    host.stop();
  }
});

test("a site built with lists answers as by its shards; done again it stays as it is, and built without lists it has none", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const [folder, out] = [join(temporary(), "photos"), join(temporary(), "site")];
  mkdirSync(folder);
  for (const name of readdirSync(join(GALLERY, "thumbs")).sort().slice(0, 12)) cpSync(join(GALLERY, "thumbs", name), join(folder, name));
  const build = async (...more: string[]) => {
    const { stdout, stderr, status } = await dotlight("build", folder, "--out", out, "--pack", "diorama", "--json", ...more);
    expect(stderr + status).toMatch(/0$/);
    return JSON.parse(stdout) as { encoded: number };
  };
  const lists = () => (readdirSync(out, { recursive: true }) as string[]).filter((name) => /\/clusters\/.*\.dot$/.test(name));
  const manifest = () => readFileSync(join(out, "galleries/photos/gallery.json"), "utf8");
  const found = async (file: RegExp) => {
    const host = await plainHost(out, "/");
    try {
      await openToSearch(page, host.url);
      await search(page, QUERY);
      expect(host.asked.filter((name) => /\/(vectors|clusters)\//.test(name) && !file.test(name))).toEqual([]);
      return await alts(page, 10);
    } finally {
      host.stop();
    }
  };
  // One list, which any query reads.
  expect(await build("--clusters", "1")).toMatchObject({ encoded: 12 });
  const answer = await found(/\/clusters\//);
  expect([answer.length, lists().length]).toEqual([10, 4]);
  const before = manifest();
  expect(await build("--clusters", "1")).toMatchObject({ encoded: 0 });
  expect(manifest()).toBe(before);
  expect(await build()).toMatchObject({ encoded: 0 });
  expect(lists()).toEqual([]);
  expect(await found(/\/vectors\//)).toEqual(answer);
});
