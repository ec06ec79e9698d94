import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { publicPacks } from "../../src/encoders/registry/registry";
import { standin } from "./families";

/** What a host may do to a file. */
export type Fault = "missing" | "page" | "page as a file" | "altered" | "cut";

export interface StandinHub {
  url: string;
  /** Faults by the end of a file's path. */
  faults: Map<string, Fault>;
  /** "path", or "path from-" where a part was asked for. */
  requests: string[];
  stop(): Promise<void>;
}

const PAGE = "<!DOCTYPE html><html><title>502</title>The gateway is down.</html>";

/** A host with the hub's paths that serves every registry entry's stand-in, by range too, and spoils what a test wants spoilt. */
export async function standinHub(): Promise<StandinHub> {
  const files = new Map<string, Uint8Array>();
  for (const pack of publicPacks()) {
    for (const [path, bytes] of standin(pack)) files.set(`/${pack.repository}/resolve/main/${path}`, bytes);
  }
  const faults: StandinHub["faults"] = new Map();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url!);
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-expose-headers", "etag, content-range, content-length");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    if (request.method === "OPTIONS") return response.writeHead(204).end();
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    requests.push(from > 0 ? `${path} ${from}-` : path);
    if (path.startsWith("/api/models/")) {
      return response
        .setHeader("content-type", "application/json")
        .end(JSON.stringify({ sha: "0123456789abcdef0123456789abcdef01234567" }));
    }
    const whole = files.get(path.replace(/\/resolve\/[^/]+\//, "/resolve/main/"));
    const fault = [...faults].find(([end]) => path.endsWith(end))?.[1];
    if (!whole || fault === "missing") return response.writeHead(404, { "content-type": "text/plain" }).end("Entry not found");
    if (fault === "page") return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
    if (fault === "page as a file") return response.writeHead(200, { "content-type": "application/octet-stream" }).end(PAGE);
    const bytes = fault === "altered" ? Uint8Array.from(whole, (byte, i) => (i === whole.length >> 1 ? byte ^ 1 : byte)) : whole;
    const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
    const partly = from > 0 && from < bytes.length;
    const sent = partly ? bytes.subarray(from) : bytes;
    response.writeHead(partly ? 206 : 200, {
      "content-type": path.endsWith(".json") ? "application/json" : "application/octet-stream",
      "content-length": sent.length,
      etag,
      "accept-ranges": "bytes",
      ...(partly ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (fault !== "cut") return response.end(sent);
    // Half of it, and then the connection is gone; not at once, or a browser would throw the half away with it.
    response.write(sent.subarray(0, sent.length >> 1), () => setTimeout(() => response.destroy(), 300));
  });
  await new Promise<void>((done) => server.listen(0, done));
  const address = server.address() as { port: number };
  return {
    url: `http://localhost:${address.port}`,
    faults,
    requests,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
