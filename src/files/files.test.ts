import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BLOCK, recordOf, sha256, verify } from "./digest";
import { directorySink, directorySource } from "./directory.node";
import { safePath } from "./path";
import { memorySource, readJson, urlSource } from "./source";

const bytes = (text: string) => new TextEncoder().encode(text);
const code = (value: string) => expect.objectContaining({ code: value });

describe("digests", () => {
  it("are sha256 in hex", async () => {
    expect(await sha256(bytes("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("are made for each block too", async () => {
    const data = new Uint8Array(BLOCK + 10).fill(7);
    const { blocks } = await recordOf(data, true);
    expect(blocks).toEqual([await sha256(data.subarray(0, BLOCK)), await sha256(data.subarray(BLOCK))]);
  });

  it("tell a file that was cut short from one that was altered", async () => {
    const record = await recordOf(bytes("hello"));
    await expect(verify("f", bytes("hell"), record)).rejects.toMatchObject({
      code: "truncated",
      message: expect.stringMatching(/4 bytes, 5/),
    });
    await expect(verify("f", bytes("hellO"), record)).rejects.toMatchObject({
      code: "altered",
      message: expect.stringMatching(/^f is not/),
    });
    await verify("f", bytes("hello"), record);
  });
});

describe("paths", () => {
  it.each([
    "",
    "..",
    "../a",
    "a/../b",
    "/a",
    "a//b",
    "a/",
    "./a",
    "a\\b",
    "c:a",
    "a\0b",
    "http://x/y",
    "a?b",
    "a#b",
    "%2e%2e/a",
    " /a",
    "a/ ",
    "x".repeat(600),
  ])("refuses %j", (path) => {
    expect(() => safePath(path)).toThrow(code("bad-path"));
  });

  it("keeps every accepted path inside its folder, by the rules of URLs", () => {
    const piece = fc.oneof(fc.constantFrom("..", ".", "", " ", "a", "%2e", "\\", ":", "?"), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const path = pieces.join("/");
        try {
          safePath(path);
        } catch {
          return true;
        }
        return new URL(path, "https://host/folder/").href.startsWith("https://host/folder/");
      }),
      { numRuns: 2000 },
    );
  });

  it("accepts names in any script", () => {
    expect(safePath("thumbs/Müller 写真 (1).webp")).toBe("thumbs/Müller 写真 (1).webp");
  });
});

describe("a folder on disk", () => {
  it("gives back what was written, whole", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dotlight-"));
    await directorySink(folder).write("a/b.bin", bytes("x"));
    expect(await directorySource(folder).read("a/b.bin")).toEqual(bytes("x"));
    await expect(directorySource(folder).read("a/c.bin")).rejects.toEqual(code("missing-file"));
  });

  it("refuses a link that leads out", async () => {
    const [folder, outside] = [await mkdtemp(join(tmpdir(), "dotlight-")), await mkdtemp(join(tmpdir(), "dotlight-"))];
    await writeFile(join(outside, "secret"), "s");
    await symlink(join(outside, "secret"), join(folder, "photo.webp"));
    await expect(directorySource(folder).read("photo.webp")).rejects.toEqual(code("bad-path"));
  });
});

describe("a folder on a host", () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === "/good.bin") response.end("good");
      else if (request.url === "/page.bin") response.setHeader("content-type", "text/html").end("<p>Not here</p>");
      else if (request.url === "/broken.bin") {
        response.setHeader("content-length", "1000").write("part");
        setImmediate(() => response.destroy());
      } else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, done));
    base = `http://localhost:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => void server.close());

  it("reports the bytes as they come and checks the digest", async () => {
    const seen: number[] = [];
    const expectRecord = await recordOf(bytes("good"));
    const read = await urlSource(base).read("good.bin", { expect: expectRecord, onBytes: (loaded) => seen.push(loaded) });
    expect([read, seen.at(-1)]).toEqual([bytes("good"), 4]);
    await expect(urlSource(base).read("good.bin", { expect: await recordOf(bytes("evil")) })).rejects.toEqual(code("altered"));
  });

  it.each([
    ["nothing.bin", "missing-file"],
    ["page.bin", "missing-file"],
    ["broken.bin", "network"],
  ])("%s is %s", async (path, expected) => {
    await expect(urlSource(base).read(path, { onBytes: () => {} })).rejects.toEqual(code(expected));
  });

  it("says when there is no connection", async () => {
    await expect(urlSource("http://localhost:1").read("x.bin")).rejects.toEqual(code("network"));
  });
});

describe("JSON", () => {
  it.each([bytes("{"), new Uint8Array([0xff, 0xfe, 0x7b])])("that is none is refused by name", async (data) => {
    const source = memorySource(new Map([["a.json", data]]), "here/");
    await expect(readJson(source, "a.json")).rejects.toMatchObject({ code: "bad-manifest", message: expect.stringContaining("a.json") });
  });
});
