import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Engine, untilTrue } from "./other-engine";

const PLACES = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/** The system's own Firefox; undefined where there is none. */
export const systemFirefox = (): string | undefined => PLACES.find(existsSync);

/** A Firefox, by Marionette: the protocol of its own WebDriver, so that nothing besides the browser is needed. */
export class Firefox implements Engine {
  #number = 0;
  #text = "";
  readonly #waiting = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void }>();

  private constructor(
    readonly socket: Socket,
    readonly ended: Promise<void>,
  ) {
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => this.#take(text));
  }

  /** Starts one without a window, with a profile that outlives it. */
  static async start(path: string, profile: string): Promise<Firefox> {
    const active = join(profile, "MarionetteActivePort");
    writeFileSync(join(profile, "user.js"), 'user_pref("marionette.port", 0);\nuser_pref("app.update.enabled", false);\n');
    const child = spawn(path, ["--headless", "--no-remote", "--marionette", "--profile", profile], { stdio: "ignore" });
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    // A test that fails leaves none behind.
    process.once("exit", () => child.kill());
    // Firefox tells its port by a file alone.
    while (!existsSync(active) || readFileSync(active, "utf8") === "") {
      if (child.exitCode !== null) throw new Error(`${path} ended with status ${child.exitCode}.`);
      await wait(100);
    }
    const firefox = new Firefox(createConnection(Number(readFileSync(active, "utf8")), "127.0.0.1"), ended);
    await firefox.call("WebDriver:NewSession", {});
    await firefox.call("WebDriver:SetTimeouts", { script: 120_000 });
    return firefox;
  }

  /** Messages are their length in bytes, a colon and JSON: [0, number, command, parameters] there, [1, number, error, result] back. */
  #take(text: string): void {
    this.#text += text;
    for (;;) {
      const colon = this.#text.indexOf(":");
      const end = colon + 1 + Number(this.#text.slice(0, colon));
      if (colon < 0 || this.#text.length < end) return;
      const message: unknown = JSON.parse(Buffer.from(this.#text.slice(colon + 1, end), "latin1").toString("utf8"));
      this.#text = this.#text.slice(end);
      // The first message is a greeting.
      if (!Array.isArray(message)) continue;
      const [, number, error, result] = message;
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error) waiting?.failed(new Error(`${error.error}: ${error.message}`));
      else waiting?.done(result?.value ?? result);
    }
  }

  call<T>(command: string, parameters: object): Promise<T> {
    const number = this.#number++;
    const text = Buffer.from(JSON.stringify([0, number, command, parameters]));
    this.socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    return new Promise<unknown>((done, failed) => this.#waiting.set(number, { done, failed })) as Promise<T>;
  }

  open(url: string): Promise<void> {
    return this.call("WebDriver:Navigate", { url });
  }

  until<T>(expression: string): Promise<T> {
    return this.call("WebDriver:ExecuteAsyncScript", { script: untilTrue(expression), args: [] });
  }

  run(script: string, ...args: unknown[]): Promise<unknown> {
    return this.call("WebDriver:ExecuteScript", { script, args });
  }

  async close(): Promise<void> {
    await this.call("Marionette:Quit", { flags: ["eForceQuit"] });
    await this.ended;
  }
}
