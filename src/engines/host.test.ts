import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { EngineHost } from "./host";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** A host that answers so, and how often it was asked. */
async function answering(answer: RequestListener, patience = { seconds: 5, tries: 2 }) {
  let asked = 0;
  server = createServer((request, response) => {
    asked++;
    answer(request, response);
  });
  await new Promise<void>((done) => server!.listen(0, done));
  const host = new EngineHost("Toy", `http://localhost:${(server.address() as AddressInfo).port}/below/`, patience);
  return { host, asked: () => asked };
}

const json =
  (status: number, data: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(data));
  };

describe("an engine's host", () => {
  it("is asked below its path, and again when it was broken for a moment", async () => {
    const paths: (string | undefined)[] = [];
    const { host, asked } = await answering(({ url }, response) => {
      paths.push(url);
      json(paths.length === 1 ? 503 : 200, { fine: true })({} as never, response as never);
    });
    expect(await host.ask("/it", { a: 1 })).toEqual({ status: 200, data: { fine: true } });
    expect([asked(), paths[0]]).toEqual([2, "/below/it"]);
  });

  it("is not asked again for what it refuses", async () => {
    const { host, asked } = await answering(json(400, { message: "no such field" }));
    const reply = await host.ask("/it");
    expect(() => host.accepted(reply)).toThrow(
      /^Toy at localhost:\d+, which has this gallery's vectors, refused with 400 \(no such field\)\.$/,
    );
    expect(asked()).toBe(1);
  });

  it.each([
    ["an error", json(500, { message: "disk full" }), "engine", /answered 500 \(disk full\)/, 2],
    [
      "a redirect to another host",
      ((_, response) => {
        response.writeHead(302, { location: "http://example.org/" });
        response.end();
      }) as RequestListener,
      "network",
      /cannot be reached/,
      2,
    ],
    [
      "a web page",
      ((_, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        response.end("<h1>");
      }) as RequestListener,
      "engine",
      /a web page \(200\)/,
      1,
    ],
    [
      "half of its JSON",
      ((_, response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"a":')) as RequestListener,
      "engine",
      /not JSON/,
      1,
    ],
  ])("that answers with %s is told", async (_, answer, code, message, times) => {
    const { host, asked } = await answering(answer);
    await expect(host.ask("/it")).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(asked()).toBe(times);
  });

  it("is waited for so long and no longer, and not when nobody wants to know any more", async () => {
    const { host } = await answering(() => {}, { seconds: 0.5, tries: 2 });
    await expect(host.ask("/it")).rejects.toMatchObject({ code: "network", message: expect.stringMatching(/within 0.5 seconds/) });
    const ending = new AbortController();
    const asked = host.ask("/it", undefined, ending.signal);
    ending.abort(new Error("overtaken"));
    await expect(asked).rejects.toThrow("overtaken");
  });
});
