import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { DotlightError } from "../../files/errors";
import { type Outcome, openEncoder, type Setting } from "./encode";
import type { Found } from "./walk";

/** The command under which a process of this program encodes for another. */
export const ENCODER = "encoder-of-a-build";

/** Photos in an encoder at a time: one is decoded while another is encoded. */
const AT_ONCE = 2;
/** Photos from which another process is worth its start. */
const WORTH_A_PROCESS = 8;

type ToEncoder = { setting: Setting } | { number: number; path: string };
type FromEncoder = { ready: true } | { failed: string } | { number: number; outcome: Outcome };

/** In the encoder: takes photos until the build's process is gone. */
export async function encoderCommand(): Promise<void> {
  const say = (message: FromEncoder) => process.send!(message);
  let encode: (path: string) => Promise<Outcome>;
  process.on("disconnect", () => process.exit());
  process.on("message", async (message: ToEncoder) => {
    try {
      if ("number" in message) say({ number: message.number, outcome: await encode(message.path) });
      else {
        encode = await openEncoder(message.setting);
        say({ ready: true });
      }
    } catch (error) {
      say({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
  await new Promise(() => {});
}

/**
 * Encodes photos on every core; `heard` is told of each. Processes, not threads: decoders share one pool of four threads in a process, and a
 * picture that brings its decoder down takes nothing with it but its process. What such a process had is tried once more, then left out.
 * @throws DotlightError "no-room" when nothing more can be written, "encoder" when the encoder cannot run
 */
export async function encodeAll(
  photos: Found[],
  setting: Setting,
  heard: (photo: Found, outcome: Outcome) => Promise<void>,
): Promise<void> {
  const waiting = photos.map((photo) => ({ photo, falls: 0 }));
  const children = new Set<ChildProcess>();
  const one = () =>
    new Promise<void>((done, failed) => {
      const child = fork(process.argv[1]!, [ENCODER], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
      children.add(child);
      const inside = new Map<number, (typeof waiting)[number]>();
      let [number, ready, ended] = [0, false, false];
      let last: Promise<void> = Promise.resolve();
      const give = () => {
        while (inside.size < AT_ONCE && waiting.length > 0) {
          const job = waiting.shift()!;
          inside.set(number, job);
          child.send({ number: number++, path: job.photo.path });
        }
        if (inside.size > 0) return;
        ended = true;
        child.disconnect();
        last.then(done, failed);
      };
      child.on("message", (message: FromEncoder) => {
        if ("failed" in message) failed(new DotlightError("encoder", `No photo can be encoded: ${message.failed}`, "See above."));
        else if ("ready" in message) {
          ready = true;
          give();
        } else {
          const { photo } = inside.get(message.number)!;
          inside.delete(message.number);
          if ("unwritable" in message.outcome) failed(unwritable(message.outcome.unwritable, setting.gallery));
          last = last.then(() => heard(photo, message.outcome));
          last.catch(failed);
          give();
        }
      });
      child.on("error", failed);
      child.on("exit", (code, signal) => {
        children.delete(child);
        if (ended) return;
        const how = signal ?? `status ${code}`;
        if (!ready)
          failed(new DotlightError("encoder", `The encoder's process ended at its start (${how}).`, "Free some memory and try again."));
        const again: typeof waiting = [];
        for (const { photo, falls } of inside.values()) {
          if (falls === 0) again.push({ photo, falls: 1 });
          else last = last.then(() => heard(photo, { unreadable: `the process that decoded it ended (${how})` }));
        }
        waiting.unshift(...again);
        last.then(() => (waiting.length > 0 ? one() : undefined)).then(done, failed);
      });
      child.send({ setting });
    });
  const count = Math.min(availableParallelism(), Math.ceil(photos.length / WORTH_A_PROCESS));
  try {
    await Promise.all(Array.from({ length: count }, one));
  } finally {
    for (const child of children) child.kill();
  }
}

/** An error of writing the site, in words. */
export function unwritable(code: string, folder: string): DotlightError {
  const full = ["ENOSPC", "EDQUOT", "EFBIG"].includes(code);
  return new DotlightError(
    full ? "no-room" : "no-folder",
    full ? `There is no room left to write ${folder} (${code}).` : `${folder} cannot be written (${code}).`,
    `${full ? "Free some room, or choose another place with --out" : "Choose a place that may be written with --out"}; what is done is kept, and the same command goes on from there.`,
  );
}
