import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { resolve } from "node:path";
import sirv from "sirv";
import { CONTENT_SECURITY_POLICY } from "../security";
import type { Values } from "./dotlight";
import { natural, usage } from "./output";

/** dotlight serve DIR: a static server for this machine, with the headers the page wants. */
export async function serveCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder || !existsSync(folder)) throw usage(`dotlight serve takes a folder; "${folder ?? ""}" is none.`);
  const port = natural("port", values.port ?? process.env.PORT ?? "4173", 0);
  const headers = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
    // A gallery served here may be opened by a page of another address.
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  };
  // `dev` reads the folder at each request: a gallery may be built while it is served. FILE.br and FILE.gz are sent where they are there.
  const files = sirv(resolve(folder), { dev: true, etag: true, brotli: true, gzip: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    files(request, response, () => {
      response.statusCode = 404;
      response.setHeader("Content-Type", "text/plain");
      response.end("Not found");
    });
  });
  await new Promise<void>((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      failed(error.code === "EADDRINUSE" ? usage(`Port ${port} is in use by another program: choose another with --port.`) : error);
    });
    server.listen(port, () => done());
  });
  const address = server.address();
  process.stdout.write(`Dotlight is at http://localhost:${typeof address === "object" && address ? address.port : port}\n`);
  await new Promise(() => {});
}
