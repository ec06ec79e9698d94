import { rmSync } from "node:fs";
import { type CDPSession, chromium, expect, test } from "@playwright/test";
import { manyPhotos } from "./grid-support";
import { ready, results, serve, temporary } from "./support";

const PHOTOS = 1_000_000;
/** The bar, ms: two frames of sixty a second. */
const LONGEST = 32;
/** Bytes that the page's heap may have more after scrolling than after the first tenth of it. */
const MORE_HEAP = 8e6;

test.skip(!process.env.DOTLIGHT_ACCEPT, "a million photos: npm run accept");

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args: { name?: string };
}

/** Records what the page's main thread and its frames do meanwhile; resolves to the longest task of the main thread, ms, and the gaps between its frames. */
async function traced(client: CDPSession, work: () => Promise<number[]>): Promise<{ longestTask: number; frames: number[] }> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => events.push(...(value as TraceEvent[]));
  client.on("Tracing.dataCollected", collect as never);
  await client.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "devtools.timeline"] },
  });
  const frames = await work();
  const over = new Promise<void>((done) => client.once("Tracing.tracingComplete", () => done()));
  await client.send("Tracing.end");
  await over;
  client.off("Tracing.dataCollected", collect as never);
  const mains = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const onMain = events.filter(({ pid, tid, dur }) => dur !== undefined && mains.some((main) => main.pid === pid && main.tid === tid));
  return { longestTask: Math.max(0, ...onMain.filter(({ name }) => name.endsWith("RunTask")).map(({ dur }) => dur! / 1000)), frames };
}

test("a million photos are scrolled by wheel, by the bar and by keys with no frame over 32 ms and a flat heap", async ({
  launchOptions,
  baseURL,
}) => {
  test.setTimeout(900_000);
  const [folder, profile] = [temporary(), temporary()];
  await manyPhotos(folder, PHOTOS);
  const host = await serve(folder);
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  try {
    const page = context.pages()[0]!;
    await page.goto(`${baseURL}/?gallery=${encodeURIComponent(`${host.url}/`)}`);
    await expect(page.getByText("1,000,000 pictures, in the order of the gallery")).toBeVisible({ timeout: 120_000 });
    await expect(page.locator("[data-state=ready]")).toBeVisible({ timeout: 600_000 });
    await ready(page);
    const client = await context.newCDPSession(page);
    const heap = async () => {
      await client.send("HeapProfiler.collectGarbage");
      return (await client.send("Runtime.getHeapUsage")).usedSize;
    };
    /** Gaps between frames, ms, while something is done. */
    const during = async (work: () => Promise<void>): Promise<number[]> => {
      const recording = await page.evaluateHandle(() => {
        const state = { gaps: [] as number[], last: 0, over: false };
        const frame = (now: number) => {
          if (state.last) state.gaps.push(now - state.last);
          state.last = now;
          if (!state.over) requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
        return state;
      });
      await work();
      return recording.evaluate((state) => {
        state.over = true;
        return state.gaps;
      });
    };
    const ways: Record<string, () => Promise<void>> = {
      wheel: async () => {
        await page.mouse.move(640, 500);
        for (let turn = 0; turn < 200; turn++) await page.mouse.wheel(0, 240);
      },
      // What a drag of the bar does to the page: a depth of the whole in each frame, without a wheel or a key.
      bar: () =>
        page.evaluate(async () => {
          for (let step = 0; step <= 200; step++) {
            scrollTo(0, (step / 200) * document.documentElement.scrollHeight);
            await new Promise(requestAnimationFrame);
          }
        }),
      keys: async () => {
        await page.evaluate(() => scrollTo(0, 0));
        await results(page).getByRole("button").first().focus();
        for (let turn = 0; turn < 100; turn++) await page.keyboard.press("PageDown");
        await page.keyboard.press("End");
        for (let turn = 0; turn < 50; turn++) await page.keyboard.press("PageUp");
      },
    };
    // Once beforehand, so that all code has been compiled and the caches of pieces and pictures are full.
    for (const way of Object.values(ways)) await way();
    const before = await heap();
    const found: Record<string, { longestTask: number; longestFrame: number; over: number; frames: number }> = {};
    for (const [name, way] of Object.entries(ways)) {
      const { longestTask, frames } = await traced(client, () => during(way));
      found[name] = {
        longestTask,
        longestFrame: Math.max(...frames),
        over: frames.filter((gap) => gap > LONGEST).length,
        frames: frames.length,
      };
    }
    const more = (await heap()) - before;
    const shown = Object.entries(found).map(
      ([name, { longestTask, longestFrame, over, frames }]) =>
        `${name}: longest of ${frames} frames ${longestFrame.toFixed(1)} ms (${over} over ${LONGEST}), longest task ${longestTask.toFixed(1)} ms`,
    );
    console.log(
      `a million photos scrolled: ${shown.join("; ")}; heap ${(before / 1e6).toFixed(1)} MB, then ${(more / 1e6).toFixed(1)} MB more`,
    );
    await page.keyboard.press("End");
    await expect(results(page).getByRole("button", { name: `photo ${PHOTOS - 1}`, exact: true })).toBeVisible();
    expect(more).toBeLessThan(MORE_HEAP);
    for (const [name, { longestFrame }] of Object.entries(found)) expect(longestFrame, name).toBeLessThanOrEqual(LONGEST);
  } finally {
    await context.close();
    host.stop();
    for (const place of [folder, profile]) rmSync(place, { recursive: true });
  }
});
