import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { dotlight, ROOT, temporary } from "./support";

const THUMBS = join(ROOT, "public/galleries/diorama/thumbs");

/** Seventy photos in two folders, one of them broken, as a data set with captions. */
function dataset(): string {
  const folder = temporary();
  mkdirSync(join(folder, "images"));
  const names = readdirSync(THUMBS).sort().slice(0, 70);
  for (const name of names) cpSync(join(THUMBS, name), join(folder, "images", name));
  writeFileSync(join(folder, "images", names[20]!), "no picture");
  const images = names.map((filename, i) => ({
    filepath: "images",
    filename,
    split: "test",
    sentences: [{ raw: `picture number ${i}` }, { raw: "a house" }],
  }));
  writeFileSync(join(folder, "dataset.json"), JSON.stringify({ dataset: "seventy", images }));
  return folder;
}

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

/** By name, the sha256 of every file below a folder. */
function digests(folder: string): Record<string, string> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile()).sort();
  return Object.fromEntries(files.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

/** The same of a gallery as it would be without lists. */
function digestsWithoutLists(folder: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(folder, "gallery.json"), "utf8"));
  delete manifest.tables.clusters;
  const others = Object.entries(digests(folder)).filter(([name]) => !name.startsWith("clusters/"));
  return { ...Object.fromEntries(others), "gallery.json": sha256(`${JSON.stringify(manifest)}\n`) };
}

const PACK = ["--pack", "diorama"];
const share = (folder: string, out: string, which: string) => dotlight("index", folder, "--out", out, "--shard", which, "--json", ...PACK);

test("four shares, of which two lie in one folder, make the gallery of one run byte for byte, with lists and without; done again, nothing is encoded", async () => {
  test.setTimeout(180_000);
  const [folder, whole, clustered, merged] = [dataset(), temporary(), temporary(), temporary()];
  const [one, two, three] = [temporary(), temporary(), temporary()];
  expect(await dotlight("index", folder, "--out", whole, "--clusters", "5", ...PACK)).toMatchObject({ status: 0 });
  const plain = digestsWithoutLists(whole);
  const counts: number[] = [];
  for (const [which, out] of [
    ["3/4", one],
    ["1/4", two],
    ["4/4", three],
    ["2/4", one],
  ] as const) {
    counts.push(JSON.parse((await share(folder, out, which)).stdout).encoded);
  }
  // The second batch of sixteen holds the broken one.
  expect(counts).toEqual([16, 16, 22, 15]);
  expect(await dotlight("merge", one, two, three, "--out", clustered, "--clusters", "5")).toMatchObject({ status: 0 });
  expect(digests(clustered)).toEqual(digests(whole));
  const made = await dotlight("merge", one, two, three, "--out", merged, "--json");
  expect(made).toMatchObject({ status: 0 });
  expect(JSON.parse(made.stdout)).toMatchObject({ photos: 69, captions: 140, skipped: [{ name: expect.stringContaining("000020.webp") }] });
  expect(digests(merged)).toEqual(plain);

  expect(JSON.parse((await share(folder, one, "2/4")).stdout)).toMatchObject({ encoded: 0, kept: 15 });
  const batch = join(one, "batches/000002.bin");
  truncateSync(batch, statSync(batch).size - 4);
  const lacking = await dotlight("merge", one, two, three, "--out", merged);
  expect([lacking.status, lacking.stderr]).toEqual([
    1,
    expect.stringMatching(/1 of 5 batches of photos are in none of the folders, or damaged: from 2 to 2/),
  ]);
  // What was merged before is whole.
  expect(digests(merged)).toEqual(plain);
  expect(JSON.parse((await share(folder, one, "3/4")).stdout)).toMatchObject({ encoded: 16, kept: 0 });
  expect(await dotlight("merge", one, two, three, "--out", merged)).toMatchObject({ status: 0 });
  expect(digests(merged)).toEqual(plain);
});

test("shares of other photos, other models and bad numbers of a share are refused before anything is written", async () => {
  const [folder, other, out, theirs, gallery] = [dataset(), dataset(), temporary(), temporary(), temporary()];
  for (const which of ["0/2", "3/2", "2", "1/0", "a/b"]) {
    expect(await share(folder, out, which)).toMatchObject({ status: 2, stderr: expect.stringContaining("--shard takes i/n") });
  }
  await share(folder, out, "1/5");
  const names = JSON.parse(readFileSync(join(other, "dataset.json"), "utf8"));
  names.images.pop();
  writeFileSync(join(other, "dataset.json"), JSON.stringify(names));
  expect(await share(other, out, "1/5")).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/holds another gallery's shares.*of different photos/),
  });
  await share(other, theirs, "1/5");
  const mixed = await dotlight("merge", out, theirs, "--out", gallery);
  expect(mixed).toMatchObject({ status: 2, stderr: expect.stringMatching(/are of different photos or thumbnails \(70 and 69 photos\)/) });
  rmSync(theirs, { recursive: true });
  const model = await dotlight("index", folder, "--out", out, "--shard", "1/5", "--pack", "photos-small");
  expect(model).toMatchObject({ status: 2, stderr: expect.stringContaining('different models ("diorama", "photos-small")') });
  expect(await dotlight("merge", temporary(), "--out", gallery)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("holds no share"),
  });
  writeFileSync(join(out, "part.json"), '{"format":"dotlight-part","version":2}');
  expect(await dotlight("merge", out, "--out", gallery)).toMatchObject({ status: 1, stderr: expect.stringContaining("has version 2") });
  expect(readdirSync(gallery)).toEqual([]);
});
