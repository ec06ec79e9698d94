import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { halve } from "./half";
import { quantise } from "./planes";
import { Scan } from "./scan";
import { ThreadPool } from "./threads";

const [ROWS, DIMENSION, SHARD] = [60_000, 64, 16_384];
const started: Worker[] = [];

/** A scan of random rows in shared memory, and as many threads of this process. */
function scanWith(count: number): { scan: Scan; pool: ThreadPool } {
  const code = buildSync({
    stdin: {
      contents: `import { parentPort } from "node:worker_threads"; import { runThread } from "./threads"; parentPort.once("message", runThread);`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
  }).outputFiles[0]!.text;
  const scan = new Scan(DIMENSION, { shared: true });
  let state = 7;
  const vectors = Float32Array.from({ length: ROWS * DIMENSION }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
  for (let row = 0; row < ROWS; row += SHARD) {
    const part = vectors.slice(row * DIMENSION, Math.min(ROWS, row + SHARD) * DIMENSION);
    const halves = halve(part, DIMENSION);
    scan.add(quantise(part, DIMENSION, 3, halves), halves);
  }
  const pool = new ThreadPool(scan, count, (message) => {
    const worker = new Worker(code, { eval: true });
    worker.postMessage(message);
    started.push(worker);
  });
  return { scan, pool };
}

const query = (seed: number) => Float32Array.from({ length: DIMENSION }, (_, i) => Math.sin(seed * 1000 + i * (seed + 1)));

afterAll(() => Promise.all(started.map((worker) => worker.terminate())));

describe("threads", () => {
  it("give the answers that one thread gives, from before they are ready on", async () => {
    const { scan, pool } = scanWith(2);
    const alone = new Map<number, unknown>();
    for (let seed = 0; seed < 6; seed++) alone.set(seed, (await scan.search(query(seed), 10)).hits);
    scan.setThreads(pool);
    let helped = 0;
    for (let round = 0; helped < 30; round++) {
      const seed = round % 6;
      if (pool.ready === 2) helped++;
      expect((await scan.search(query(seed), 10)).hits).toEqual(alone.get(seed));
      // Lets the threads start.
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it("give way to a newer query, and go on with the next", async () => {
    const { scan, pool } = scanWith(1);
    while (pool.ready < 1) await new Promise((resolve) => setImmediate(resolve));
    const expected = (await scan.search(query(3), 5)).hits;
    scan.setThreads(pool);
    await expect(scan.search(query(1), 5, { overtaken: () => true })).rejects.toMatchObject({ code: "overtaken" });
    expect((await scan.search(query(3), 5)).hits).toEqual(expected);
  });
});
