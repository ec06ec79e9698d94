import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { CLI, dotlight, GALLERY, ROOT, temporary } from "./support";

const thumbnail = (row: number) => join(GALLERY, "thumbs", `${String(row).padStart(6, "0")}.webp`);

/** A folder with one picture. */
function one(): string {
  const folder = temporary();
  cpSync(thumbnail(3), join(folder, "one.webp"));
  return folder;
}

/** A pack's folder with another manifest. */
function pack(change: (manifest: Record<string, unknown>) => object): string {
  const folder = temporary();
  cpSync(join(ROOT, "public/packs/diorama"), folder, { recursive: true });
  const file = join(folder, "dotlight.json");
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, "utf8")))));
  return folder;
}

const inside = (folder: string, name: string, content = "{}"): string => {
  writeFileSync(join(folder, name), content);
  return folder;
};

const REFUSED: [string, () => string[], number, RegExp][] = [
  ["no folder", () => [], 2, /takes a folder of photos and --out/],
  ["no --out", () => [one()], 2, /--out/],
  ["a missing folder", () => ["/nowhere", "--out", temporary()], 2, /"\/nowhere" cannot be listed: there is no such file/],
  ["a file for a folder", () => [thumbnail(0), "--out", temporary()], 2, /cannot be listed: it is no folder/],
  ["an empty folder", () => [temporary(), "--out", temporary()], 1, /holds no photos/],
  ["photos none of which can be read", () => [inside(temporary(), "a.jpg"), "--out", temporary()], 1, /None of the 1 photos could be read/],
  [
    "a site inside the photos",
    () => {
      const folder = one();
      return [folder, "--out", join(folder, "site")];
    },
    2,
    /--out .* lies inside .*taken for photos/,
  ],
  [
    "a site inside the photos by a link",
    () => {
      const [folder, link] = [one(), join(temporary(), "link")];
      symlinkSync(folder, link);
      return [folder, "--out", join(link, "site")];
    },
    2,
    /lies inside/,
  ],
  [
    "photos inside the site",
    () => {
      const site = temporary();
      mkdirSync(join(site, "photos"));
      return [inside(join(site, "photos"), "a.jpg"), "--out", site];
    },
    2,
    /lies inside --out/,
  ],
  [
    "a folder of other things",
    () => [one(), "--out", inside(temporary(), "thesis.txt")],
    2,
    /none says that Dotlight made them: nothing was changed/,
  ],
  [
    "a site that a newer Dotlight made",
    () => [one(), "--out", inside(temporary(), "dotlight-site.json", '{"version":2}')],
    1,
    /site of version 2, this Dotlight writes version 1/,
  ],
  ["originals of no kind", () => [one(), "--out", temporary(), "--originals", "maybe"], 2, /--originals takes none, copy, link/],
  ["an unknown pack", () => [one(), "--out", temporary(), "--pack", "nothing"], 2, /no model pack at "nothing"/],
  [
    "a pack of another kind",
    () => [one(), "--out", temporary(), "--pack", pack((manifest) => ({ ...manifest, format: "other" }))],
    1,
    /its format is not "dotlight-pack"/,
  ],
  ["a newer pack", () => [one(), "--out", temporary(), "--pack", pack((manifest) => ({ ...manifest, version: 2 }))], 1, /has version 2/],
];
for (const [name, args, status, message] of REFUSED) {
  test(`${name}: refused with advice, and nothing is made`, async () => {
    const found = await dotlight("build", ...args());
    expect([found.status, found.stderr]).toEqual([status, expect.stringMatching(message)]);
    expect(found.stderr.trim().split("\n").length).toBeGreaterThanOrEqual(2);
    expect(found.stdout).toBe("");
  });
}

test("a folder and a photo that may not be read are named, and the others become a site", async () => {
  test.skip(process.platform === "win32", "Windows has no such permissions.");
  const [folder, out] = [one(), join(temporary(), "site")];
  mkdirSync(join(folder, "private"));
  cpSync(thumbnail(4), join(folder, "private", "a.webp"));
  cpSync(thumbnail(5), join(folder, "mine.webp"));
  symlinkSync(join(folder, "gone.webp"), join(folder, "link.webp"));
  chmodSync(join(folder, "private"), 0);
  chmodSync(join(folder, "mine.webp"), 0);
  // To root nothing is forbidden: the command runs as nobody then.
  const root = process.getuid!() === 0;
  for (const place of root ? [folder, join(out, "..")] : []) chmodSync(place, 0o777);
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [CLI, "build", folder, "--out", out, "--json"],
    root ? { uid: 65534, gid: 65534 } : {},
  );
  expect(JSON.parse(stdout)).toMatchObject({ photos: 1 });
  expect(stderr).toContain(`left out: ${join(folder, "private")}: it may not be read`);
  expect(stderr).toContain(`left out: ${join(folder, "mine.webp")}: it may not be read`);
  expect(stderr).toContain(`left out: ${join(folder, "link.webp")}: a link to nothing`);
  chmodSync(join(folder, "private"), 0o700);
});

// 512-byte blocks: less than a photo's record has, and less than the engine has.
for (const blocks of [16, 2000]) {
  test(`a disk without room for more than ${blocks / 2} KB a file: said so, nothing half-written, and done with room`, async () => {
    test.skip(process.platform === "win32", "Windows has no ulimit.");
    test.setTimeout(120_000);
    const [folder, out] = [one(), join(temporary(), "site")];
    const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
    const failed = await promisify(execFile)("sh", ["-c", command, process.execPath, CLI, "build", folder, "--out", out]).catch(
      (error) => error,
    );
    expect([failed.code, failed.stderr]).toEqual([
      1,
      expect.stringMatching(/no room left to write .*the same command goes on from there/s),
    ]);
    const left = [out, `${out}.cache`].flatMap((place) => readdirSync(place, { recursive: true, encoding: "utf8" }));
    expect(left.filter((name) => name.endsWith(".part") || name === "index.html")).toEqual([]);
    expect(await dotlight("build", folder, "--out", out)).toMatchObject({ status: 0 });
  });
}
