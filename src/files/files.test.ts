import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BLOCK, type Part, recordOf, sha256, verify } from "./digest";
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

describe("parts of a file on a host", () => {
  const content = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) % 251);
  const partOf = async (start: number, length: number) => ({
    start,
    bytes: length,
    sha256: await sha256(content.slice(start, start + length)),
  });
  /** Answers the n-th request for it as `answer` says. */
  async function hosting(answer: (range: [number, number], n: number, response: ServerResponse) => void) {
    const ranges: [number, number][] = [];
    const server = createServer((request, response) => {
      const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.map(Number) as [number, number, number];
      ranges.push([first, last]);
      answer([first, last], ranges.length, response);
    });
    await new Promise<void>((done) => server.listen(0, done));
    const record = await recordOf(content);
    const source = urlSource(`http://localhost:${(server.address() as { port: number }).port}`);
    return { ranges, read: (parts: Part[]) => source.parts("a.dot", record, parts), close: () => server.close() };
  }
  const ranged = ([first, last]: [number, number], bytes: Uint8Array, response: ServerResponse) =>
    response.writeHead(206, { "content-range": `bytes ${first}-${last}/3000` }).end(bytes.slice(first, last + 1));

  it("that adjoin are asked for together, others apart", async () => {
    const host = await hosting((range, _, response) => ranged(range, content, response));
    const parts = [await partOf(10, 5), await partOf(15, 100), await partOf(2000, 1000)];
    expect(await host.read(parts)).toEqual(parts.map(({ start, bytes: length }) => content.slice(start, start + length)));
    expect(host.ranges.sort(([a], [b]) => a - b)).toEqual([
      [10, 114],
      [2000, 2999],
    ]);
    host.close();
  });

  it("are cut out of the whole file where a host knows no ranges, and no more of it is read than that takes", async () => {
    let sent = 0;
    const host = await hosting((_, __, response) => {
      // As large as the host's file may be: it is written as long as it is read.
      const more = () => {
        if (response.destroyed || sent > 1e9) return;
        sent += 1 << 20;
        response.write(Buffer.alloc(1 << 20), more);
      };
      response.write(content, more);
    });
    expect(await host.read([await partOf(100, 50)])).toEqual([content.slice(100, 150)]);
    expect(sent).toBeLessThan(1e9);
    host.close();
  });

  it.each<[string, string, (range: [number, number], response: ServerResponse) => void]>([
    ["cut short", "truncated", ([first], response) => response.writeHead(206).end(content.slice(first, first + 20))],
    [
      "of a changed file",
      "altered",
      (range, response) =>
        ranged(
          range,
          content.map((byte) => byte + 1),
          response,
        ),
    ],
    [
      "broken off",
      "network",
      ([first], response) => {
        response.writeHead(206, { "content-length": "100" }).write(content.slice(first, first + 20));
        setImmediate(() => response.destroy());
      },
    ],
  ])("are asked for once more when they come %s, and refused if that does not help", async (_, expected, spoiled) => {
    const part = await partOf(200, 100);
    const passing = await hosting((range, n, response) => (n === 1 ? spoiled(range, response) : ranged(range, content, response)));
    expect(await passing.read([part])).toEqual([content.slice(200, 300)]);
    const lasting = await hosting((range, __, response) => spoiled(range, response));
    await expect(lasting.read([part])).rejects.toEqual(code(expected));
    expect(lasting.ranges.length).toBe(2);
    for (const host of [passing, lasting]) host.close();
  });
});

describe("JSON", () => {
  it.each([bytes("{"), new Uint8Array([0xff, 0xfe, 0x7b])])("that is none is refused by name", async (data) => {
    const source = memorySource(new Map([["a.json", data]]), "here/");
    await expect(readJson(source, "a.json")).rejects.toMatchObject({ code: "bad-manifest", message: expect.stringContaining("a.json") });
  });
});
