import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listTar, tarEnd, tarHeader, tarPadding } from "./tar";

const archive = (files: Record<string, Uint8Array<ArrayBuffer>>) =>
  new Blob([
    ...Object.entries(files).flatMap(([path, bytes]) => [tarHeader(path, bytes.length), bytes, tarPadding(bytes.length)]),
    tarEnd(),
  ]);

const FILES = {
  "gallery.json": new TextEncoder().encode("{}"),
  "a/b/0000.1.dot": new Uint8Array(512).fill(7),
  "empty.bin": new Uint8Array(),
};

it("an archive is what tar unpacks, and is listed with each file's place", async () => {
  const made = archive(FILES);
  const folder = mkdtempSync(join(tmpdir(), "dotlight-tar-"));
  writeFileSync(join(folder, "x.tar"), new Uint8Array(await made.arrayBuffer()));
  execFileSync("tar", ["-xf", "x.tar"], { cwd: folder });
  for (const [path, bytes] of Object.entries(FILES)) expect(new Uint8Array(readFileSync(join(folder, path)))).toEqual(bytes);
  const entries = await listTar(made, "x.tar");
  expect(entries.map(({ path, bytes }) => [path, bytes])).toEqual(Object.entries(FILES).map(([path, { length }]) => [path, length]));
  const { at, bytes } = entries[1]!;
  expect(new Uint8Array(await made.slice(at, at + bytes).arrayBuffer())).toEqual(FILES["a/b/0000.1.dot"]);
});

it("keeps long and foreign names, and the files' dates", () => {
  const names = [`${"long/".repeat(40)}photo.jpg`, "海辺/写真 🏖️.jpg", `${"x".repeat(100)}`, `${"y".repeat(101)}`, "a b'c.jpg"];
  const folder = mkdtempSync(join(tmpdir(), "dotlight-tar-"));
  const parts = names.flatMap((name, i) => [tarHeader(name, 3, 1.6e12 + i * 1000), new Uint8Array(3).fill(i), tarPadding(3)]);
  writeFileSync(join(folder, "x.tar"), Buffer.concat([...parts, tarEnd()]));
  execFileSync("tar", ["-xf", "x.tar"], { cwd: folder });
  for (const [i, name] of names.entries()) {
    expect([...readFileSync(join(folder, name))]).toEqual([i, i, i]);
    expect(statSync(join(folder, name)).mtimeMs).toBe(1.6e12 + i * 1000);
  }
});

it("an archive that is cut anywhere, or altered in a header, is refused", async () => {
  const whole = new Uint8Array(await archive(FILES).arrayBuffer());
  for (let length = 0; length < whole.length - 1024; length += 100)
    await expect(listTar(new Blob([whole.slice(0, length)]), "x")).rejects.toThrow(/in the middle/);
  whole[3] = whole[3]! ^ 1;
  await expect(listTar(new Blob([whole]), "x")).rejects.toThrow(/checksum/);
});
