import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Engine, untilTrue } from "./other-engine";

const DRIVER = "/usr/bin/WebKitWebDriver";
const XVFB = "/usr/bin/Xvfb";
const LIBRARIES = "/usr/lib";

const screen = (): string | undefined => process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;

/** WebKitGTK's own small browser, which its WebDriver starts; undefined where one of the two or a screen is missing. */
export function systemWebKit(): string | undefined {
  if (!existsSync(DRIVER) || !(screen() || existsSync(XVFB))) return undefined;
  const folders = readdirSync(LIBRARIES).flatMap((name) => ["4.1", "6.0", "4.0"].map((version) => `${name}/webkit2gtk-${version}`));
  return folders.map((folder) => `${LIBRARIES}/${folder}/MiniBrowser`).find(existsSync);
}

/** A WebKit, by its WebDriver (https://www.w3.org/TR/webdriver2). What pages keep ends with it. */
export class WebKit implements Engine {
  private constructor(
    readonly session: string,
    readonly programs: ChildProcess[],
  ) {}

  static async start(browser: string): Promise<WebKit> {
    const programs: ChildProcess[] = [];
    // A test that fails leaves none behind.
    process.once("exit", () => end(programs));
    const display = screen() ?? (await startScreen(programs));
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], { stdio: "ignore", env: { ...process.env, DISPLAY: display } });
    programs.push(driver);
    const address = `http://127.0.0.1:${port}`;
    // The driver does not say when it listens.
    while (!(await ask("GET", `${address}/status`).catch(() => undefined))) {
      if (driver.exitCode !== null) throw new Error(`${DRIVER} ended with status ${driver.exitCode}.`);
      await wait(100);
    }
    const { sessionId } = await ask<{ sessionId: string }>("POST", `${address}/session`, {
      capabilities: {
        alwaysMatch: { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] }, timeouts: { script: 120_000 } },
      },
    });
    return new WebKit(`${address}/session/${sessionId}`, programs);
  }

  open(url: string): Promise<unknown> {
    return ask("POST", `${this.session}/url`, { url });
  }

  until<T>(expression: string): Promise<T> {
    return ask("POST", `${this.session}/execute/async`, { script: untilTrue(expression), args: [] });
  }

  run(script: string, ...args: unknown[]): Promise<unknown> {
    return ask("POST", `${this.session}/execute/sync`, { script, args });
  }

  async close(): Promise<void> {
    await ask("DELETE", this.session);
    end(this.programs);
  }
}

async function ask<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: T };
  if (!response.ok) throw new Error(JSON.stringify(value));
  return value;
}

/** Resolves to the display of a screen in memory. */
function startScreen(programs: ChildProcess[]): Promise<string> {
  const xvfb = spawn(XVFB, ["-displayfd", "1", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  programs.push(xvfb);
  return new Promise((done, failed) => {
    xvfb.stdout.once("data", (text: Buffer) => done(`:${text.toString().trim()}`));
    xvfb.once("exit", (code) => failed(new Error(`${XVFB} ended with status ${code}.`)));
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((done) =>
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    }),
  );
}

function end(programs: ChildProcess[]): void {
  for (const program of programs) program.kill();
}
