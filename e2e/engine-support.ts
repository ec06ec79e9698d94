import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { join } from "node:path";
import { type Host, ROOT, temporary } from "./support";

const PROGRAM = join(ROOT, ".chroma/bin/chroma");

/** Whether there is a Chroma server here to test with, and how to get one. */
export const hasChroma = existsSync(PROGRAM);
export const NO_CHROMA = "there is no Chroma server here: bash scripts/chroma-setup.sh installs one";

export interface Chroma extends Host {
  /** Starts it again, on the same port, with what it held. */
  start(): Promise<void>;
}

/** The real Chroma server, with data of its own, that lets pages of these origins ask. */
export async function chroma(origins: string[] = ["*"]): Promise<Chroma> {
  const [folder, port] = [temporary(), await freePort()];
  const config = join(folder, "chroma.yaml");
  writeFileSync(
    config,
    `port: ${port}\nlisten_address: "127.0.0.1"\ncors_allow_origins: ${JSON.stringify(origins)}\npersist_path: ${JSON.stringify(join(folder, "data"))}\n`,
  );
  let child: ChildProcess | undefined;
  const url = `http://localhost:${port}`;
  const server: Chroma = {
    url,
    async start() {
      child = spawn(PROGRAM, ["run", config], { stdio: "ignore" });
      while (child.exitCode === null) {
        const answered = await fetch(`${url}/api/v2/heartbeat`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (answered) return;
      }
      throw new Error("The Chroma server ended before it was up.");
    },
    stop: () => child?.kill("SIGKILL"),
  };
  await server.start();
  return server;
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const socket = createSocket().listen(0, () => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => done(port));
    });
  });
}

/** What stands before an engine does with a question; undefined lets it through. */
export type Fault = (asked: IncomingMessage, answer: ServerResponse) => void;

/** What was asked, and the bytes of question and answer without their headers. */
export interface Asked {
  path: string;
  body: string;
  bytes: number;
}

/** A server before another that notes what it is asked, for faults that a real one shows only on bad days. */
export async function before(engine: Host): Promise<Host & { fault: Fault | undefined; asked: Asked[] }> {
  const { port } = new URL(engine.url);
  const server = createServer((asked, answer) => {
    if (front.fault) return front.fault(asked, answer);
    const parts: Buffer[] = [];
    asked.on("data", (part: Buffer) => parts.push(part));
    asked.on("end", () => {
      const body = Buffer.concat(parts);
      const noted: Asked = { path: asked.url!, body: body.toString(), bytes: body.length };
      if (asked.method !== "OPTIONS") front.asked.push(noted);
      const passed = request({ host: "127.0.0.1", port, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
        answer.writeHead(got.statusCode!, got.headers);
        got.on("data", (part: Buffer) => {
          noted.bytes += part.length;
        });
        got.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, done));
  const front = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
    fault: undefined as Fault | undefined,
    asked: [] as Asked[],
  };
  return front;
}

/** Answers with a status and a text, as a server that lets any page ask. */
export const answering =
  (status: number, type: string, text: string): Fault =>
  (asked, answer) => {
    const open = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*" };
    answer.writeHead(asked.method === "OPTIONS" ? 204 : status, { ...open, "content-type": type });
    answer.end(asked.method === "OPTIONS" ? undefined : text);
  };
